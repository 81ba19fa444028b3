/*
 * Microsoft's own sign-in library for Node.js against the simulated Entra.
 *
 * Of an ID token it checks the nonce and leaves the rest to TLS, so of the defects only that one is tried here.
 */

import assert from "node:assert/strict";

import {
  AuthError,
  ClientAuthError,
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  ServerError,
} from "@azure/msal-node";

import * as control from "./control.mjs";
import { Person } from "./person.mjs";
import { refused } from "./refusal.mjs";
import { run } from "./rows.mjs";

const CALLBACK = "http://localhost:8000/accounts/microsoft/login/callback/";
const MAIL = ["User.Read", "Mail.Read"];
const { TENANT_ID, CLIENT_ID, CLIENT_SECRET, SIMULATOR_HTTPS } = control;

function application(proof = { clientSecret: CLIENT_SECRET }) {
  const authority = `${SIMULATOR_HTTPS}/login/${TENANT_ID}`;
  const knownAuthorities = [new URL(authority).host]; // else it asks Microsoft whether the host is one of theirs
  return new ConfidentialClientApplication({ auth: { clientId: CLIENT_ID, authority, knownAuthorities, ...proof } });
}

async function signedIn(app, alias = "helpdesk", scopes = MAIL) {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const [state, nonce] = [crypto.randomUUID(), crypto.randomUUID()];
  const asked = { scopes, redirectUri: CALLBACK, codeChallenge: challenge, codeChallengeMethod: "S256", state, nonce };
  const back = await new Person(alias).signIn(await app.getAuthCodeUrl(asked), CALLBACK);
  const brought = Object.fromEntries(back.searchParams);
  const redeemed = { code: brought.code, scopes, redirectUri: CALLBACK, codeVerifier: verifier, state, nonce };
  return app.acquireTokenByCode(redeemed, brought);
}

async function signIn() {
  const got = await signedIn(application());
  const known = (await control.people()).find(({ address }) => address === control.addressOf("helpdesk"));
  assert.deepEqual([got.account.username, got.account.name], [known.address, known.name]);
  assert.equal(got.account.homeAccountId, `${known.oid}.${TENANT_ID}`);
  assert.deepEqual([got.uniqueId, got.tenantId], [known.oid, TENANT_ID]);
  assert.deepEqual([got.idTokenClaims.aud, got.tokenType, got.fromCache], [CLIENT_ID, "Bearer", false]);
  return got.scopes.join(" ");
}

/** The library finds a token only by the names of the scopes that came with it. */
async function fromTheCache() {
  const app = application();
  const first = await signedIn(app);
  const scopes = first.scopes.filter((name) => name.startsWith("https://"));
  assert.equal(scopes.length, MAIL.length);
  const second = await app.acquireTokenSilent({ account: first.account, scopes });
  assert.deepEqual([second.fromCache, second.accessToken], [true, first.accessToken]);
  await control.switched({ granted_scopes: "bare_names" });
  const other = application();
  const bare = await signedIn(other);
  assert((await other.acquireTokenSilent({ account: bare.account, scopes: MAIL })).fromCache);
  return "by full names and by bare ones";
}

async function refresh() {
  const app = application();
  const first = await signedIn(app);
  const second = await app.acquireTokenSilent({ account: first.account, scopes: MAIL, forceRefresh: true });
  assert.equal(second.fromCache, false);
  assert.notEqual(second.accessToken, first.accessToken);
  assert.equal(second.account.homeAccountId, first.account.homeAccountId);
  return "new token, same person";
}

/** Without consent nothing is asked of Entra on the sly: the person has to come back. */
async function consentRequired() {
  const app = application();
  const { account } = await signedIn(app, "no.consent");
  const attempt = app.acquireTokenSilent({ account, scopes: ["MailboxSettings.ReadWrite"], forceRefresh: true });
  return (await interaction(attempt, 65001)).errorCode;
}

/** The claims that Entra wants are handed on, for the next sign-in. */
async function mfaRequired() {
  const app = application();
  const { account } = await signedIn(app, "needs.mfa");
  const attempt = app.acquireTokenSilent({ account, scopes: MAIL, forceRefresh: true });
  const { claims } = await interaction(attempt, 50076);
  assert(JSON.parse(claims).access_token);
  return claims;
}

/** That the library asks for the person, and why. */
async function interaction(attempt, number) {
  const refusal = await refused(attempt, InteractionRequiredAuthError);
  assert.equal(Number(refusal.errorNo), number, refusal.message);
  return refusal;
}

/** Signed out everywhere: the refresh token is no good any more. */
async function revoked() {
  const app = application();
  const { account } = await signedIn(app);
  await control.revoke("helpdesk");
  return (await interaction(app.acquireTokenSilent({ account, scopes: MAIL, forceRefresh: true }), 50173)).errorCode;
}

async function certificate() {
  const { pem, key, thumbprint } = await control.registerCertificate();
  const privateKey = key.export({ type: "pkcs8", format: "pem" });
  const app = application({ clientCertificate: { thumbprintSha256: thumbprint, privateKey, x5c: pem } });
  const first = await signedIn(app);
  const second = await app.acquireTokenSilent({ account: first.account, scopes: MAIL, forceRefresh: true });
  assert.notEqual(second.accessToken, first.accessToken);
  return first.account.username;
}

async function wrongSecret() {
  const refusal = await refused(signedIn(application({ clientSecret: "wrong" })), ServerError);
  assert.deepEqual([refusal.errorCode, Number(refusal.errorNo)], ["invalid_client", 7000215]);
  return "AADSTS7000215";
}

async function refusesNonce() {
  await control.switched({ id_token_defect: "nonce" });
  const refusal = await refused(signedIn(application()), ClientAuthError);
  assert.equal(refusal.errorCode, "nonce_mismatch");
  return refusal.errorCode;
}

async function refusesDiscoveryIssuer() {
  await control.switched({ discovery_issuer: "wrong" });
  const refusal = await refused(signedIn(application()), AuthError);
  assert.equal(refusal.errorCode, "endpoints_resolution_error");
  return refusal.errorCode;
}

await run("msal-node", {
  "sign-in": signIn,
  "from the cache": fromTheCache,
  refresh,
  "consent required": consentRequired,
  "MFA required": mfaRequired,
  revoked,
  "wrong secret": wrongSecret,
  certificate,
  "refuses nonce": refusesNonce,
  "refuses discovery issuer": refusesDiscoveryIssuer,
});
