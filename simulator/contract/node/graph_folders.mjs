/* Who I am, the folder tree and its sizes, mail tips and settings. */

import assert from "node:assert/strict";

import { people } from "./control.mjs";
import { person } from "./graph_person.mjs";

const SIZE = "singleValueExtendedProperties($filter=id eq 'Long 0x0E08')";
const SEARCH_FOLDER = "#microsoft.graph.mailSearchFolder"; // shows messages that lie elsewhere
const GIB = 1024 ** 3;

export async function me() {
  const somebody = await person("rule.collector");
  const known = (await people()).find(({ address }) => address === somebody.address);
  const seen = await somebody.api("/me").select(["id", "displayName", "mail", "userPrincipalName"]).get();
  assert.deepEqual([seen.id, seen.displayName], [known.oid, known.name]);
  assert.deepEqual([seen.mail, seen.userPrincipalName], [somebody.address, somebody.address]);
  assert.equal("surname" in seen, false, "not selected");
  return seen.displayName;
}

/** Page by page at each level; the tree of delta is the same. */
export async function folderTree() {
  const somebody = await person("full.mailbox");
  const first = await somebody.api("/me/mailFolders").get();
  assert.equal(first.value.length, 10);
  assert.match(first["@odata.nextLink"], /^https:\/\/.*\$skip=10$/);
  const rows = await walked(somebody, "/me/mailFolders");
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  assert.equal(Math.max(...rows.map(({ depth }) => depth)), 3);
  const told = await somebody.every(somebody.api("/me/mailFolders/delta"));
  assert.deepEqual(idsOf(told), idsOf(rows));
  return `${rows.length} folders on 3 levels`;
}

async function walked(somebody, path, depth = 1) {
  const rows = [];
  for (const row of await somebody.every(somebody.api(path))) {
    rows.push({ ...row, depth });
    if (row.childFolderCount) rows.push(...(await walked(somebody, `/me/mailFolders/${row.id}/childFolders`, depth + 1)));
  }
  return rows;
}

const idsOf = (rows) => rows.map(({ id }) => id).sort();

export async function hiddenFolders() {
  const somebody = await person("full.mailbox");
  const folders = () => somebody.api("/me/mailFolders").top(250);
  const shown = await somebody.every(folders());
  const every = await somebody.every(folders().query({ includeHiddenFolders: "true" }));
  assert(shown.every(({ isHidden }) => !isHidden));
  const hidden = every.filter(({ isHidden }) => isHidden);
  assert(hidden.length > 0);
  assert.equal(every.length, shown.length + hidden.length);
  return `${hidden.length} hidden`;
}

/** Bytes as a string, under the id as Exchange writes it; of one folder and of a page. */
export async function folderSizes() {
  const somebody = await person("full.mailbox");
  const listed = await somebody.every(somebody.api("/me/mailFolders").top(250).expand(SIZE));
  const holding = listed.filter((row) => row["@odata.type"] !== SEARCH_FOLDER);
  const sizes = new Map(holding.map((row) => [row.id, sizeOf(row)]));
  const deleted = await somebody.api("/me/mailFolders/deleteditems").expand(SIZE).get();
  assert.equal(sizeOf(deleted), sizes.get(deleted.id));
  assert(sizeOf(deleted) > 2 ** 31);
  const total = [...sizes.values()].reduce((sum, size) => sum + size);
  assert(total < 49 * GIB, "subfolders count for themselves");
  return `${(sizeOf(deleted) / GIB).toFixed(1)} GiB in Deleted Items`;
}

function sizeOf({ singleValueExtendedProperties: [held, ...more] }) {
  assert.deepEqual([held.id, typeof held.value, more], ["Long 0xe08", "string", []]);
  return Number(held.value);
}

export async function mailTips() {
  const somebody = await person("over.quota");
  const EmailAddresses = [somebody.address, "someone@example.com"];
  const asked = { EmailAddresses, MailTipsOptions: "mailboxFullStatus, recipientScope" };
  const { value } = await somebody.api("/me/getMailTips").post(asked);
  const [full, outside] = value;
  assert.deepEqual(value.map(({ emailAddress }) => emailAddress.address), EmailAddresses);
  assert.deepEqual([full.mailboxFull, full.recipientScope], [true, "internal"]);
  assert.deepEqual([outside.mailboxFull, outside.recipientScope], [undefined, "external"]);
  assert.equal(full.maxMessageSize, undefined, "not asked for");
  return "over.quota is full";
}

export async function mailboxSettings() {
  const somebody = await person("helpdesk");
  const settings = somebody.api("/me/mailboxSettings");
  const before = await settings.get();
  assert.equal(before.language.locale, "ja-JP");
  const automaticRepliesSetting = { status: "alwaysEnabled", internalReplyMessage: "出張中です。" };
  const changed = await settings.patch({ timeZone: "UTC", automaticRepliesSetting });
  assert.equal(changed.timeZone, "UTC");
  const after = await settings.get();
  assert.equal(after.automaticRepliesSetting.status, "alwaysEnabled");
  assert.match(after.automaticRepliesSetting.internalReplyMessage, /出張中です。/);
  assert.deepEqual([after.timeZone, after.language], ["UTC", before.language]);
  return `${before.timeZone} to UTC`;
}
