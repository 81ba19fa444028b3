/* A person who asks Graph by Microsoft's JavaScript client. It gives its token to https addresses only. */

import assert from "node:assert/strict";

import { Client, GraphError, PageIterator } from "@microsoft/microsoft-graph-client";

import { addressOf, SIMULATOR_HTTPS, tokenFor } from "./control.mjs";

const SCOPES = ["User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite"];

export async function person(alias, scopes = SCOPES) {
  return new Person(alias, await tokenFor(alias, scopes));
}

export class Person {
  constructor(alias, token) {
    this.address = addressOf(alias);
    this.client = Client.initWithMiddleware({
      baseUrl: `${SIMULATOR_HTTPS}/graph`,
      customHosts: new Set([new URL(SIMULATOR_HTTPS).hostname]),
      authProvider: { getAccessToken: async () => token },
    });
  }

  /** A request below /v1.0, to be sent with get, post, patch or delete. */
  api(path) {
    return this.client.api(path);
  }

  /** All rows of a collection, by the client's own page iterator; `request` is not sent yet. */
  async every(request) {
    return this.rowsFrom(await request.get());
  }

  async rowsFrom(page) {
    const rows = [];
    await new PageIterator(this.client, page, (row) => rows.push(row)).iterate();
    return rows;
  }
}

/** Graph's refusal as the client reads it. */
export async function refusal(attempt) {
  const outcome = await attempt.catch((problem) => problem);
  assert(outcome instanceof GraphError, "Graph was expected to refuse");
  return outcome;
}
