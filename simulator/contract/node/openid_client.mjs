/*
 * openid-client against the simulated sign-in, and against each way in which an ID token can be wrong.
 *
 * It is certified for OpenID Connect and checks issuer, audience, nonce, expiry and, as asked here, the signature.
 * With a defect switched on it must refuse, which shows that the check can fail.
 */

import assert from "node:assert/strict";

import * as client from "openid-client";

import * as control from "./control.mjs";
import { byCertificate, bySecret, calledBack, discovered, issuerAt, SCOPE, signedIn } from "./openid_party.mjs";
import { refused } from "./refusal.mjs";
import { run } from "./rows.mjs";

async function discovery() {
  const metadata = (await discovered()).serverMetadata();
  assert.equal(metadata.issuer, issuerAt(control.SIMULATOR_HTTPS));
  assert(metadata.supportsPKCE("S256"));
  assert(metadata.token_endpoint.startsWith(control.SIMULATOR_HTTPS));
  return metadata.issuer;
}

async function signIn() {
  return granted(await signedIn(await discovered()));
}

async function signInWithoutTls() {
  const config = await discovered({ simulator: control.SIMULATOR_HTTP, insecure: true });
  const { issuer } = config.serverMetadata();
  assert.equal(issuer, issuerAt(control.SIMULATOR_HTTP));
  const tokens = await signedIn(config);
  assert.equal(tokens.claims().iss, issuer);
  return granted(tokens);
}

function granted(tokens) {
  assert.equal(tokens.token_type, "bearer");
  assert(tokens.expiresIn() > 3590 && tokens.expiresIn() <= 5399, `${tokens.expiresIn()} s`);
  assert(tokens.access_token && tokens.refresh_token && tokens.id_token);
  const scopes = tokens.scope.split(" ").map((name) => name.split("/").at(-1));
  assert(["User.Read", "Mail.Read"].every((name) => scopes.includes(name)), tokens.scope);
  return tokens.scope;
}

async function idToken() {
  const claims = (await signedIn(await discovered())).claims();
  const [known] = (await control.people()).filter(({ address }) => address === claims.preferred_username);
  assert.equal(known.address, control.addressOf("helpdesk"));
  assert.deepEqual([claims.oid, claims.tid, claims.name], [known.oid, control.TENANT_ID, known.name]);
  assert.equal(claims.aud, control.CLIENT_ID);
  assert.equal(claims.ver, "2.0");
  return `sub ${claims.sub}`;
}

async function refresh() {
  const config = await discovered();
  const first = await signedIn(config);
  const second = await client.refreshTokenGrant(config, first.refresh_token, { scope: SCOPE });
  granted(second);
  assert.notEqual(second.access_token, first.access_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(second.claims().sub, first.claims().sub);
  assert.equal(second.claims().nonce, undefined);
  return "new tokens, same person";
}

async function consentDeclined() {
  const config = await discovered();
  const { back, checks } = await calledBack(config, { alias: "no.consent", consent: "decline" });
  const refusal = await refused(client.authorizationCodeGrant(config, back, checks));
  assert.equal(refusal.error, "access_denied");
  return refusal.error_description.split(":")[0];
}

async function stateKept() {
  const config = await discovered();
  const { back, checks } = await calledBack(config);
  const elsewhere = { ...checks, expectedState: client.randomState() };
  const refusal = await refused(client.authorizationCodeGrant(config, back, elsewhere));
  assert.match(`${refusal.cause?.message ?? refusal.message}`, /"state"/);
  return "another state is refused";
}

async function codeUsedTwice() {
  const config = await discovered();
  const { back, checks } = await calledBack(config);
  await client.authorizationCodeGrant(config, back, checks);
  return refusedByEntra(client.authorizationCodeGrant(config, back, checks), "invalid_grant", "AADSTS54005");
}

async function wrongVerifier() {
  const config = await discovered();
  const { back, checks } = await calledBack(config);
  const wrong = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
  return refusedByEntra(client.authorizationCodeGrant(config, back, wrong), "invalid_grant", "AADSTS501481");
}

async function wrongSecret() {
  const attempt = signedIn(await discovered({ proof: bySecret("wrong") }));
  return refusedByEntra(attempt, "invalid_client", "AADSTS7000215");
}

/** With either padding, and not with a certificate that nobody registered. */
async function certificate() {
  const own = await control.registerCertificate();
  for (const padding of ["RSASSA-PKCS1-v1_5", "RSA-PSS"]) {
    const config = await discovered({ proof: await byCertificate(own, padding) });
    granted(await signedIn(config));
  }
  await control.reset();
  const proof = await byCertificate(own, "RSA-PSS");
  await refusedByEntra(signedIn(await discovered({ proof })), "invalid_client", "AADSTS700027");
  return "RS256 and PS256; AADSTS700027 for a stranger";
}

/** That Entra answers with this error and number. */
async function refusedByEntra(attempt, error, number) {
  const refusal = await refused(attempt);
  assert.equal(refusal.error, error);
  assert.equal(refusal.error_description.split(":")[0], number);
  return number;
}

async function wrongDiscoveryIssuer() {
  await control.switched({ discovery_issuer: "wrong" });
  const refusal = await refused(discovered());
  assert.match(refusal.message, /issuer/);
  return refusal.message;
}

/** That an ID token with this defect is turned down, and for that reason: the library's code, and what it names. */
function refuses(defect, code, about) {
  return async () => {
    await control.switched({ id_token_defect: defect });
    const refusal = await refused(signedIn(await discovered()));
    const said = refusal.cause?.message ?? refusal.message;
    assert.equal(refusal.code, code, `${refusal.code}: ${said}`);
    assert.match(said, about);
    return said;
  };
}

await run("openid-client", {
  discovery,
  "sign-in": signIn,
  "sign-in without TLS": signInWithoutTls,
  "ID token": idToken,
  refresh,
  "consent declined": consentDeclined,
  state: stateKept,
  "code used twice": codeUsedTwice,
  "wrong PKCE verifier": wrongVerifier,
  "wrong secret": wrongSecret,
  certificate,
  "refuses discovery issuer": wrongDiscoveryIssuer,
  "refuses issuer": refuses("issuer", "OAUTH_JWT_CLAIM_COMPARISON_FAILED", /"iss"/),
  "refuses audience": refuses("audience", "OAUTH_JWT_CLAIM_COMPARISON_FAILED", /"aud"/),
  "refuses nonce": refuses("nonce", "OAUTH_JWT_CLAIM_COMPARISON_FAILED", /"nonce"/),
  "refuses signature": refuses("signature", "OAUTH_INVALID_RESPONSE", /signature/),
  "refuses expired": refuses("expired", "OAUTH_JWT_TIMESTAMP_CHECK_FAILED", /"exp"/),
  "refuses algorithm": refuses("algorithm", "OAUTH_INVALID_RESPONSE", /"alg"/),
});
