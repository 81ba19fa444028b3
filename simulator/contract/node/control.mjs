/* The simulators, and the control paths by which a program prepares what it wants to see. */

import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

export const { SIMULATOR_HTTP, SIMULATOR_HTTPS, TENANT_ID, CLIENT_ID, CLIENT_SECRET, CERTIFICATE_FILE, KEY_FILE } = process.env;
export const DOMAIN = "example.ac.jp";
const SIMULATORS = [SIMULATOR_HTTP, SIMULATOR_HTTPS];
const PATIENCE = 10_000; // milliseconds

export const addressOf = (alias) => `${alias}@${DOMAIN}`;

export async function reset() {
  await Promise.all(SIMULATORS.map((simulator) => ask("POST", "reset", {}, simulator)));
}

export async function people() {
  return ask("GET", "people");
}

export async function switched(switches) {
  await ask("PUT", "switches", switches);
}

/** Requests that fit `match` ("GET /me", below /graph/v1.0 or the tenant) are answered with this. */
export async function fault(match, wrong) {
  await ask("PUT", "faults", { match, ...wrong });
}

/** Ends every sign-in of a person so far. */
export async function revoke(alias) {
  await ask("POST", "revoke", { address: addressOf(alias) });
}

/** This run's certificate is one of the application's from now on: its PEM, its key, its SHA-256 thumbprint in hex. */
export async function registerCertificate() {
  const pem = await readFile(CERTIFICATE_FILE, "utf8");
  await ask("PUT", "application", { certificates: [pem] });
  const thumbprint = new X509Certificate(pem).fingerprint256.replaceAll(":", "");
  return { pem, thumbprint, key: createPrivateKey(await readFile(KEY_FILE)) };
}

export async function tokenFor(alias, scopes) {
  return (await ask("POST", "token", { address: addressOf(alias), scopes })).access_token;
}

export async function deliver(alias, message) {
  const path = `deliver?to=${encodeURIComponent(addressOf(alias))}`;
  return answerOf(path, { method: "POST", headers: { "Content-Type": "message/rfc822" }, body: message });
}

async function ask(method, path, body, simulator) {
  const sent = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return answerOf(path, { method, ...sent }, simulator);
}

async function answerOf(path, request, simulator = SIMULATOR_HTTPS) {
  const answer = await fetch(`${simulator}/control/${path}`, { ...request, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${answer.status} from /control/${path}: ${await answer.text()}`);
  return answer.json();
}
