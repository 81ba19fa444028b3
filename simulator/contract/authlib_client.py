"""Authlib against the simulated sign-in, and against each way in which an ID token can be wrong.

Authlib checks what MSAL leaves to TLS: issuer, audience, nonce, signature, expiry. With a defect
switched on it must refuse, which shows that the check can fail. https://docs.authlib.org/
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from authlib.integrations.base_client import OAuth2Mixin, OAuthError, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749 import MismatchingStateException
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import errors

from contract.control import DOMAIN, simulator, switched, trust_the_simulator
from contract.person import Person, query_of
from contract.rows import Operation, raised, run

CALLBACK = "http://localhost:8000/accounts/microsoft/login/callback/"
SCOPE = "openid profile offline_access User.Read Mail.Read"
SIGNER = f"helpdesk@{DOMAIN}"


class Application(OAuth2Mixin, OpenIDMixin):
    """Authlib's client with every check of an ID token made compulsory."""

    client_cls = OAuth2Session

    def __init__(self) -> None:
        self.issuer = f"{simulator()}/login/{os.environ['TENANT_ID']}/v2.0"
        super().__init__(
            None,
            client_id=os.environ["CLIENT_ID"],
            client_secret=os.environ["CLIENT_SECRET"],
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256"},
        )

    def begin(self, **more: str) -> dict[str, str]:
        """The address for the browser, and what to remember: state, nonce, code_verifier."""
        return dict(self.create_authorization_url(CALLBACK, **more))

    def redeem(self, begun: dict[str, str], came_back: str, **changed: str) -> dict[str, Any]:
        """Raises OAuthError for what Entra refuses, a wrong state among it."""
        wanted = {"code_verifier": begun["code_verifier"], "state": begun["state"]} | changed
        return dict(self.fetch_access_token(CALLBACK, authorization_response=came_back, **wanted))

    def claims_of(self, token: dict[str, Any], nonce: str | None) -> dict[str, Any]:
        """Of a good ID token. Raises JoseError for any other."""
        exactly = {"iss": self.issuer, "aud": self.client_id}
        options = {name: {"essential": True, "value": value} for name, value in exactly.items()}
        return dict(self.parse_id_token(token, nonce, options, CodeIDToken, leeway=0))

    def refresh(self, refresh_token: str) -> dict[str, Any]:
        endpoint = self.load_server_metadata()["token_endpoint"]
        with OAuth2Session(self.client_id, self.client_secret, scope=SCOPE) as session:
            return dict(session.refresh_token(endpoint, refresh_token))


def signed_in(address: str = SIGNER) -> tuple[Application, dict[str, str], dict[str, Any]]:
    """All the way: the application, what it remembered, the token endpoint's answer."""
    application, begun, came_back = called_back(address)
    return application, begun, application.redeem(begun, came_back)


def called_back(address: str = SIGNER) -> tuple[Application, dict[str, str], str]:
    """As far as the callback: what it brought is not redeemed yet."""
    application = Application()
    begun = application.begin()
    return application, begun, Person(address).sign_in(begun["url"], CALLBACK)


def discovery() -> str:
    application = Application()
    metadata = OpenIDProviderMetadata(application.load_server_metadata())
    # With private_key_jwt RFC 8414 wants the algorithms of client assertions named; Entra names none.
    assert "token_endpoint_auth_signing_alg_values_supported" not in metadata
    metadata["token_endpoint_auth_signing_alg_values_supported"] = ["RS256", "PS256"]
    metadata.validate()
    assert metadata["issuer"] == application.issuer, metadata["issuer"]
    assert "S256" in metadata["code_challenge_methods_supported"]
    keys = application.fetch_jwk_set()["keys"]
    assert all(key["kty"] == "RSA" and key["use"] == "sig" and key["kid"] for key in keys), keys
    return f"{len(keys)} key"


def sign_in() -> str:
    _, _, token = signed_in()
    assert token["token_type"] == "Bearer"
    assert 3599 <= token["expires_in"] <= 5399, token["expires_in"]
    assert {"access_token", "refresh_token", "id_token"} <= set(token), sorted(token)
    assert {"User.Read", "Mail.Read"} <= {name.rpartition("/")[2] for name in token["scope"].split()}
    return str(token["scope"])


def id_token() -> str:
    application, begun, token = signed_in()
    claims = application.claims_of(token, begun["nonce"])
    assert claims["nonce"] == begun["nonce"]
    assert claims["tid"] == os.environ["TENANT_ID"]
    assert claims["preferred_username"] == SIGNER
    assert claims["ver"] == "2.0"
    return f"sub {claims['sub']}"


def refresh() -> str:
    application, begun, token = signed_in()
    first = application.claims_of(token, begun["nonce"])
    renewed = application.refresh(token["refresh_token"])
    assert renewed["access_token"] != token["access_token"]
    assert renewed["refresh_token"] != token["refresh_token"]
    second = application.claims_of(renewed, None)
    assert (second["sub"], second["oid"]) == (first["sub"], first["oid"])
    assert second.get("nonce") is None
    return "new tokens, same person"


def consent_given() -> str:
    application, begun, token = signed_in(f"no.consent@{DOMAIN}")
    claims = application.claims_of(token, begun["nonce"])
    assert claims["preferred_username"] == f"no.consent@{DOMAIN}"
    return "accepted on the consent page"


def consent_declined() -> str:
    """Authlib leaves the error in the address to its caller."""
    begun = Application().begin()
    back = query_of(Person(f"no.consent@{DOMAIN}", "decline").sign_in(begun["url"], CALLBACK))
    assert (back["error"], back["state"]) == ("access_denied", begun["state"]), back
    assert "code" not in back
    return back["error_description"].partition(":")[0]


def code_used_twice() -> str:
    application, begun, came_back = called_back()
    application.redeem(begun, came_back)
    return refused("invalid_grant", partial(application.redeem, begun, came_back), "AADSTS54005")


def wrong_verifier() -> str:
    application, begun, came_back = called_back()
    attempt = partial(application.redeem, begun, came_back, code_verifier="another-verifier" * 4)
    return refused("invalid_grant", attempt, "AADSTS501481")


def wrong_secret() -> str:
    application, begun, came_back = called_back()
    application.client_secret = "wrong"
    return refused("invalid_client", partial(application.redeem, begun, came_back), "AADSTS7000215")


def state_kept() -> str:
    application, begun, came_back = called_back()
    assert query_of(came_back)["state"] == begun["state"]
    raised(MismatchingStateException, partial(application.redeem, begun, came_back, state="of-another-browser"))
    return "another state is refused"


def refused(error: str, attempt: Callable[[], object], number: str) -> str:
    """That Entra answers with this error."""
    refusal = raised(OAuthError, attempt)
    assert (refusal.error, number) == (error, refusal.description.partition(":")[0]), refusal
    return number


def refuses(defect: str, reason: type[errors.JoseError], claim: str = "") -> str:
    """That an ID token with this defect is turned down, and for that reason."""
    with switched(id_token_defect=defect):
        application, begun, token = signed_in()
        refusal = raised(reason, partial(application.claims_of, token, begun["nonce"]))
    assert claim in str(refusal), refusal
    return str(refusal)


OPERATIONS: dict[str, Operation] = {
    "discovery": discovery,
    "sign-in": sign_in,
    "ID token": id_token,
    "refresh": refresh,
    "consent given": consent_given,
    "consent declined": consent_declined,
    "state": state_kept,
    "code used twice": code_used_twice,
    "wrong PKCE verifier": wrong_verifier,
    "wrong secret": wrong_secret,
    "refuses issuer": partial(refuses, "issuer", errors.InvalidClaimError, "iss"),
    "refuses audience": partial(refuses, "audience", errors.InvalidClaimError, "aud"),
    "refuses nonce": partial(refuses, "nonce", errors.InvalidClaimError, "nonce"),
    "refuses signature": partial(refuses, "signature", errors.BadSignatureError),
    "refuses expired": partial(refuses, "expired", errors.ExpiredTokenError),
    "refuses algorithm": partial(refuses, "algorithm", errors.JoseError, "lgorithm"),
}


if __name__ == "__main__":
    trust_the_simulator()
    run("authlib", OPERATIONS)
