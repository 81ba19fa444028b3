/* A person in front of Entra's pages, with a browser of their own: reads the form, presses a button in it. */

import assert from "node:assert/strict";

import { addressOf } from "./control.mjs";

const ENTITIES = { amp: "&", quot: '"', "#x27": "'", "#39": "'", lt: "<", gt: ">" };

export class Person {
  /** `consent` is what this person presses on the consent page: accept or decline. */
  constructor(alias, consent = "accept") {
    this.answers = { address: addressOf(alias), consent };
    this.cookies = new Map();
  }

  /** Follows an authorize address (a URL) to where the application is called back; that URL, with its query. */
  async signIn(address, callback) {
    let answer = await this.#load(address);
    while (answer.status === 200) answer = await this.#press(answer.url, await answer.text());
    assert.equal(answer.status, 302, `${answer.status} from ${answer.url}`);
    const back = new URL(answer.headers.get("Location"), answer.url);
    assert.equal(back.origin + back.pathname, callback);
    return back;
  }

  async #press(address, page) {
    const { action, hidden, buttons } = formOf(page);
    const name = ["consent", "address"].find((known) => buttons.some((button) => button.name === known));
    assert(name, `no button to press at ${address}`);
    const value = this.answers[name];
    assert(buttons.some((button) => button.name === name && button.value === value), `no button ${name}=${value}`);
    const body = new URLSearchParams({ ...hidden, [name]: value });
    return this.#load(new URL(action, address), { method: "POST", body });
  }

  async #load(address, request = {}) {
    const Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(address, { ...request, headers: { Cookie }, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.cookies.set(name, value);
    }
    return answer;
  }
}

/** The one form of a page: where it goes, its hidden fields by name, its buttons. */
function formOf(page) {
  const tags = [...page.matchAll(/<(form|input|button)\b([^>]*)>/g)];
  const of = (kind) => tags.filter(([, tag]) => tag === kind).map(([, , written]) => attributesOf(written));
  const hidden = of("input").filter((input) => input.type === "hidden");
  return {
    action: of("form")[0]?.action ?? "",
    hidden: Object.fromEntries(hidden.map(({ name, value }) => [name, value])),
    buttons: of("button"),
  };
}

function attributesOf(written) {
  const pairs = [...written.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, decoded(value)]));
}

const decoded = (text) => text.replaceAll(/&([#\w]+);/g, (_, name) => ENTITIES[name]);
