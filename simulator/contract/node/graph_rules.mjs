/* Inbox rules. */

import assert from "node:assert/strict";

import { person, refusal } from "./graph_person.mjs";

export const RULES = "/me/mailFolders/inbox/messageRules";
const OUTSIDE = "yumiko.tanaka@example.com";

export const newRule = (displayName = "請求書を学外へ") => ({
  displayName,
  sequence: 1,
  isEnabled: true,
  conditions: { subjectContains: ["請求書"], hasAttachments: true },
  actions: { forwardTo: [{ emailAddress: { address: OUTSIDE } }], markImportance: "high", stopProcessingRules: true },
});

export const listed = (somebody) => somebody.every(somebody.api(RULES));
const one = (somebody, { id }) => somebody.api(`${RULES}/${id}`);
const idsOf = (rules) => rules.map(({ id }) => id);

/** In order, with one that only Outlook can show and one whose folder is gone. */
export async function ruleList() {
  const rules = await listed(await person("rule.collector"));
  assert.deepEqual(rules.map(({ sequence }) => sequence), Array.from({ length: 14 }, (_, place) => place + 1));
  const [closed, ...moreClosed] = rules.filter(({ isReadOnly }) => isReadOnly);
  assert.deepEqual([closed.conditions, closed.actions, moreClosed], [undefined, undefined, []]);
  const [broken, ...moreBroken] = rules.filter(({ hasError }) => hasError);
  assert(broken.actions.moveToFolder);
  assert.deepEqual(moreBroken, []);
  const rare = rules.find(({ displayName }) => displayName === "研究室 ML");
  assert.deepEqual(rare.conditions.withinSizeRange, { minimumSize: 1, maximumSize: 20480 });
  assert.equal(rare.conditions.importance, "high");
  return `${rules.length} rules`;
}

/** The service numbers it: last, whatever was asked for. */
export async function ruleCreate() {
  const somebody = await person("rule.collector");
  const before = await listed(somebody);
  const made = await somebody.api(RULES).post(newRule());
  assert.equal(idsOf(before).includes(made.id), false);
  assert.equal(made.sequence, before.length + 1);
  assert.deepEqual([made.isEnabled, made.hasError, made.isReadOnly], [true, false, false]);
  const seen = await one(somebody, made).get();
  assert.equal(seen.displayName, newRule().displayName);
  assert.deepEqual(seen.conditions, newRule().conditions);
  assert.equal(seen.actions.forwardTo[0].emailAddress.address, OUTSIDE);
  return `sequence ${made.sequence}`;
}

/** A member that is sent replaces what was there; one that is not stays. */
export async function rulePatch() {
  const somebody = await person("rule.collector");
  const made = await somebody.api(RULES).post(newRule());
  const changed = await one(somebody, made).patch({ conditions: { senderContains: ["keiri"] } });
  assert.equal(changed.id, made.id);
  const seen = await one(somebody, made).get();
  assert.deepEqual(seen.conditions, { senderContains: ["keiri"] });
  assert.deepEqual(seen.actions, made.actions);
  const off = await one(somebody, made).patch({ isEnabled: false });
  assert.deepEqual([off.isEnabled, off.conditions], [false, seen.conditions]);
  return "conditions replaced whole";
}

/** A rule that takes another's place moves it down, and those after it. */
export async function ruleReorder() {
  const somebody = await person("rule.collector");
  const before = await listed(somebody);
  const last = before.at(-1);
  await one(somebody, last).patch({ sequence: 1 });
  const after = await listed(somebody);
  assert.deepEqual(idsOf(after), [last.id, ...idsOf(before.slice(0, -1))]);
  assert.equal(new Set(after.map(({ sequence }) => sequence)).size, after.length);
  return "the last one is first";
}

export async function ruleDelete() {
  const somebody = await person("rule.collector");
  const [first, ...others] = await listed(somebody);
  assert.equal(await one(somebody, first).delete(), undefined);
  assert.deepEqual(idsOf(await listed(somebody)), idsOf(others));
  const gone = await refusal(one(somebody, first).get());
  assert.deepEqual([gone.statusCode, gone.code], [404, "ErrorItemNotFound"]);
  return "gone";
}

/** What only Outlook can show can be neither changed nor deleted. */
export async function closedRule() {
  const somebody = await person("rule.collector");
  const closed = (await listed(somebody)).find(({ isReadOnly }) => isReadOnly);
  const request = () => one(somebody, closed);
  for (const attempt of [() => request().patch({ isEnabled: false }), () => request().delete()]) {
    const refused = await refusal(attempt());
    assert.deepEqual([refused.statusCode, refused.code], [400, "ErrorNotSupportedMessageRule"]);
  }
  return "ErrorNotSupportedMessageRule";
}
