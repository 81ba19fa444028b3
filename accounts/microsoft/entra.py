"""MSAL, set up for this site, and the addresses that Entra and this site send the browser to.

One application object per request: it is cheap and not for sharing between threads.

https://learn.microsoft.com/entra/msal/python/
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import msal
import requests
from django.conf import settings
from django.urls import reverse
from msal.exceptions import MsalError

from accounts import outbound, registration_health
from accounts.microsoft.credential import read_credential
from accounts.microsoft.failures import SignInFailed, make_failure

log = logging.getLogger("accounts")

Flow = dict[str, Any]

# Shared by this process: the discovery document (a day), busy answers, and refused refreshes (a minute). A refusal
# is remembered under its refresh token; a new sign-in brings a new one, so nothing has to be cleared after it.
HTTP_CACHE: dict[str, Any] = {}
# Scopes that MSAL adds by itself; Entra does not name all of them in its answer.
RESERVED = {"openid", "profile", "offline_access"}
# What MSAL stumbles over when an answer is no JSON, or not the JSON that it should be.
BROKEN_ANSWER = (ValueError, RuntimeError, LookupError, TypeError, AttributeError)
# The session cookie is Lax: a form posted from Microsoft's page would come without it. So the answer is a redirect.
warnings.filterwarnings("ignore", message=".*form_post.*", category=UserWarning)


def forget_answers() -> None:
    """For tests, which change what Microsoft answers from one moment to the next."""
    HTTP_CACHE.clear()


@contextmanager
def reachable() -> Iterator[None]:
    """SignInFailed("unavailable") for whatever MSAL raises when an answer is late, broken or a 5xx."""
    try:
        yield
    except (requests.RequestException, MsalError, *BROKEN_ANSWER) as error:
        log.warning("Microsoft's sign-in did not answer as it should: %s", type(error).__name__)
        raise SignInFailed("unavailable", type(error).__name__) from error


def make_application(cache: msal.TokenCache | None = None) -> msal.ConfidentialClientApplication:
    """Raises SignInFailed (unavailable) if the discovery document cannot be had."""
    with reachable():
        return msal.ConfidentialClientApplication(
            settings.CLIENT_ID,
            client_credential=read_credential(),
            authority=f"{settings.LOGIN_HOST}/{settings.TENANT_ID}",
            client_capabilities=["cp1"],  # a claims challenge is answered: docs/decisions/0023
            instance_discovery=False,
            http_client=outbound.session(),
            http_cache=HTTP_CACHE,
            token_cache=cache,
        )


def begin_flow(scopes: Sequence[str], **wishes: Any) -> Flow:
    """A flow; its `auth_uri` is where to send the browser. Wishes: prompt, login_hint, claims_challenge, max_age (s).

    Raises SignInFailed.
    """
    app = make_application()
    flow = dict(app.initiate_auth_code_flow(list(scopes), redirect_uri=redirect_uri(), **wishes))
    # MSAL would refuse an ID token without auth_time, which is optional: identity.authentication_time() looks at it.
    flow.pop("max_age", None)
    return flow


def redeem_code(flow: Flow, answer: Mapping[str, str], cache: msal.TokenCache) -> dict[str, Any]:
    """The ID token's claims, for Microsoft's `answer` to `flow`; the tokens are in `cache` then.

    Raises SignInFailed.
    """
    if "error" in answer or "code" not in answer:
        raise make_failure(answer)
    app = make_application(cache)
    with reachable():
        result = exchange_code(app, flow, {"code": answer["code"], "state": answer["state"]})
    if "error" in result:
        refused = make_failure(result)
        if refused.reason == "misconfigured":
            registration_health.note_refusal(refused.code)
        raise refused
    if not grants(str(result.get("scope", "")), flow["scope"]):
        raise SignInFailed("declined", "scope")
    return dict(result.get("id_token_claims") or {})


def exchange_code(app: msal.ConfidentialClientApplication, flow: Flow, answer: dict[str, str]) -> dict[str, Any]:
    try:
        return dict(app.acquire_token_by_auth_code_flow(flow, answer))
    except RuntimeError as error:  # MSAL's word for a nonce that is not ours
        raise SignInFailed("refused", "nonce") from error


def grants(scope: str, wanted: Iterable[str]) -> bool:
    """Whether a granted `scope` covers what was asked for. Entra may answer with full names: the last part counts."""
    granted = {name.rpartition("/")[2].lower() for name in scope.split()}
    return {name.lower() for name in wanted} - RESERVED <= granted


def redirect_uri() -> str:
    """Where Microsoft sends the browser after a sign-in; Entra has it registered and compares it exactly.

    It begins with SITE_URL: the Host header of a request has no say in it.
    """
    return settings.SITE_URL + reverse("microsoft:callback")


def logout_uri(back: str, hint: str = "") -> str:
    """Microsoft's sign-out, as a browser reaches it; it leads back to the path `back`.

    `hint` is the ID token's login_hint claim, so that nobody is asked which account to sign out:
    https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
    """
    query = {"post_logout_redirect_uri": settings.SITE_URL + back}
    if hint:
        query["logout_hint"] = hint
    end = outbound.visible(f"{settings.LOGIN_HOST}/{settings.TENANT_ID}/oauth2/v2.0/logout")
    return f"{end}?{urlencode(query)}"
