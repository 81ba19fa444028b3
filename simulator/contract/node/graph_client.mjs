/* Microsoft's JavaScript client against the simulated Graph, with assertions on what it read. */

import assert from "node:assert/strict";

import { BatchRequestContent, BatchResponseContent } from "@microsoft/microsoft-graph-client";

import { deliver, fault, SIMULATOR_HTTPS } from "./control.mjs";
import * as folders from "./graph_folders.mjs";
import { Person, person, refusal } from "./graph_person.mjs";
import * as rules from "./graph_rules.mjs";
import { run } from "./rows.mjs";

const SUBJECT = "貸出期限のお知らせ";
const LETTER = [
  "From: Library <library@example.com>",
  "To: helpdesk@example.ac.jp",
  `Subject: =?utf-8?b?${Buffer.from(SUBJECT).toString("base64")}?=`,
  "",
  "Please return the book.",
  "",
].join("\r\n");

/** Status, code and message; the request's id for the helpdesk. */
async function errorBodies() {
  const somebody = await person("helpdesk");
  const [{ id }] = await somebody.every(somebody.api("/me/mailFolders"));
  const nobodys = `${id.slice(0, -4)}AAA=`;
  const basic = await person("helpdesk", ["User.Read"]);
  const expected = [
    [somebody.api(`/me/mailFolders/${nobodys}`), 404, "ErrorItemNotFound"],
    [somebody.api("/me/mailFolders/nonsense"), 400, "ErrorInvalidIdMalformed"],
    [basic.api(rules.RULES), 403, "ErrorAccessDenied"],
    [new Person("helpdesk", "nonsense").api("/me"), 401, "InvalidAuthenticationToken"],
    [(await person("no.licence")).api("/me/mailFolders/inbox"), 404, "MailboxNotEnabledForRESTAPI"],
  ];
  for (const [request, status, code] of expected) {
    const refused = await refusal(request.get());
    assert.deepEqual([refused.statusCode, refused.code], [status, code]);
    assert(refused.message);
    assert.equal(refused.requestId, JSON.parse(refused.body).innerError["request-id"]);
    assert.match(refused.requestId, /^[0-9a-f-]{36}$/);
  }
  return expected.map(([, , code]) => code).join(", ");
}

/** The client waits as long as it is told, and asks again. */
async function throttling() {
  const somebody = await person("helpdesk");
  await fault("GET /me", { times: 1, status: 429, headers: { "Retry-After": "1" } });
  const began = performance.now();
  const seen = await somebody.api("/me").get();
  assert.equal(seen.mail, somebody.address);
  assert(performance.now() - began >= 990, "it did not wait");
  return "asked again after 1 s";
}

/** Each item has a status and a body of its own; one waits for another. */
async function batch() {
  const somebody = await person("rule.collector");
  const answers = await batched(somebody, [
    step("who", "GET", "/me"),
    step("wrong", "GET", "/me/mailFolders/nonsense"),
    step("made", "POST", rules.RULES, rules.newRule("まとめて")),
  ]);
  assert.equal((await answers.who.json()).mail, somebody.address);
  assert.deepEqual([answers.wrong.status, (await answers.wrong.json()).error.code], [400, "ErrorInvalidIdMalformed"]);
  assert.deepEqual([answers.made.status, (await answers.made.json()).displayName], [201, "まとめて"]);
  assert((await rules.listed(somebody)).some(({ displayName }) => displayName === "まとめて"));
  return "200, 400, 201";
}

async function batchInOrder() {
  const somebody = await person("rule.collector");
  const answers = await batched(somebody, [
    step("wrong", "GET", "/me/mailFolders/nonsense"),
    { ...step("after", "POST", rules.RULES, rules.newRule("続けて")), dependsOn: ["wrong"] },
  ]);
  assert.equal(answers.after.status, 424);
  assert.equal((await rules.listed(somebody)).some(({ displayName }) => displayName === "続けて"), false);
  return "424 after 400";
}

const step = (id, method, path, body) => {
  const sent = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return { id, request: new Request(`${SIMULATOR_HTTPS}${path}`, { method, ...sent }) };
};

/** The client's answers by id. An item's address is what follows the host. */
async function batched(somebody, steps) {
  const content = await new BatchRequestContent(steps).getContent();
  const answers = new BatchResponseContent(await somebody.api("/$batch").post(content)).getResponses();
  return Object.fromEntries(answers);
}

/** The id changes with the folder. */
async function messageMove() {
  const somebody = await person("helpdesk");
  await deliver("helpdesk", LETTER);
  const letter = await theLetter(somebody, "inbox");
  const archive = await somebody.api("/me/mailFolders/archive").get();
  const moved = await somebody.api(`/me/messages/${letter.id}/move`).post({ destinationId: "archive" });
  assert.equal(moved.parentFolderId, archive.id);
  assert.notEqual(moved.id, letter.id);
  assert.equal((await theLetter(somebody, "archive")).id, moved.id);
  const gone = await refusal(somebody.api(`/me/messages/${letter.id}`).get());
  assert.deepEqual([gone.statusCode, gone.code], [404, "ErrorItemNotFound"]);
  return "a new id in the archive";
}

async function theLetter(somebody, folder) {
  const held = await somebody.every(somebody.api(`/me/mailFolders/${folder}/messages`).select(["id", "subject", "from"]));
  const [letter, ...more] = held.filter(({ subject }) => subject === SUBJECT);
  assert.deepEqual([letter.from.emailAddress.address, more], ["library@example.com", []]);
  return letter;
}

await run("microsoft-graph-client", {
  me: folders.me,
  "folder tree": folders.folderTree,
  "hidden folders": folders.hiddenFolders,
  "extended property": folders.folderSizes,
  "rule list": rules.ruleList,
  "rule create": rules.ruleCreate,
  "rule patch": rules.rulePatch,
  "rule reorder": rules.ruleReorder,
  "rule delete": rules.ruleDelete,
  "read-only rule": rules.closedRule,
  "error bodies": errorBodies,
  throttling,
  $batch: batch,
  "$batch in order": batchInOrder,
  "message move": messageMove,
  getMailTips: folders.mailTips,
  mailboxSettings: folders.mailboxSettings,
});
