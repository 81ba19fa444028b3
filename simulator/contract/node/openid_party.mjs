/* The application that signs people in with openid-client: every check of the library is on. */

import * as client from "openid-client";

import * as control from "./control.mjs";
import { Person } from "./person.mjs";

const CALLBACK = "http://localhost:8000/accounts/microsoft/login/callback/";
export const SCOPE = "openid profile offline_access User.Read Mail.Read";
const { TENANT_ID, CLIENT_ID, CLIENT_SECRET } = control;

export const issuerAt = (simulator) => `${simulator}/login/${TENANT_ID}/v2.0`;

/** The simulator's own metadata, read from its discovery document. `proof` is by the secret when left out. */
export function discovered({ simulator = control.SIMULATOR_HTTPS, proof = bySecret(), insecure = false } = {}) {
  const execute = [client.enableNonRepudiationChecks, ...(insecure ? [client.allowInsecureRequests] : [])];
  return client.discovery(new URL(issuerAt(simulator)), CLIENT_ID, undefined, proof, { execute });
}

export const bySecret = (secret = CLIENT_SECRET) => client.ClientSecretPost(secret);

/**
 * A proof by a certificate: Entra wants its thumbprint, and its own token endpoint as the audience.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 *
 * @param {string} padding RSASSA-PKCS1-v1_5 (RS256) or RSA-PSS (PS256)
 */
export async function byCertificate({ key, thumbprint }, padding) {
  const written = key.export({ type: "pkcs8", format: "der" });
  const signing = await crypto.subtle.importKey("pkcs8", written, { name: padding, hash: "SHA-256" }, false, ["sign"]);
  const { token_endpoint } = (await discovered()).serverMetadata();
  const asEntraWants = (header, payload) => {
    header["x5t#S256"] = Buffer.from(thumbprint, "hex").toString("base64url");
    payload.aud = token_endpoint;
  };
  return client.PrivateKeyJwt(signing, { [client.modifyAssertion]: asEntraWants });
}

/** One sign-in as far as the callback: what it brought, and what was remembered to check it. */
export async function calledBack(config, { alias = "helpdesk", consent = "accept" } = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const begun = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  const back = await new Person(alias, consent).signIn(begun, CALLBACK);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  return { back, checks };
}

export async function signedIn(config) {
  const { back, checks } = await calledBack(config);
  return client.authorizationCodeGrant(config, back, checks);
}
