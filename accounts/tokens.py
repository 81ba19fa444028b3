"""A signed-in person's access token for Microsoft Graph, and MSAL's token cache that it comes from, sealed."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msal
from django.conf import settings
from django.utils import timezone

from accounts import audit, outbound, registration_health
from accounts.leases import LeaseTaken, lease
from accounts.microsoft import entra
from accounts.microsoft.failures import OF_THE_REGISTRATION, SignInFailed, code_of, correlation_of
from accounts.models import TokenCache, User
from accounts.sealing import SealBroken, seal, unseal

log = logging.getLogger("accounts")

# A cached token is used if it is good for more than these seconds, so that it does not run out while a page is made;
# else another is fetched. MSAL looks at its own cache in the same way.
SECONDS_LEFT = 300
# What only the person can mend, by signing in once more:
# https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
CONSENT = "consent_required"
NEEDS_PERSON = {"invalid_grant", "interaction_required", "login_required", CONSENT}
# What concerns the site's registration, not the person or Microsoft's own state.
OF_THE_SITE = {"invalid_client", "unauthorized_client"}
# The account is disabled: all of the person's sessions end.
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
DISABLED = "AADSTS50057"


class SignInNeeded(Exception):
    """The person must sign in again. `claims` is what Microsoft wants of it; the next sign-in asks for it by itself.

    `code` and `correlation` are Microsoft's, for the helpdesk; empty where Microsoft was not asked.
    """

    def __init__(self, reason: str, claims: str = "", code: str = "", correlation: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.claims = claims
        self.code = code
        self.correlation = correlation


class ConsentNeeded(SignInNeeded):
    """Neither the person nor an administrator has let this site do yet what it was about to do."""


class AccountDisabled(SignInNeeded):
    """The university has closed the account: nothing of the person's sign-ins stays."""


class SignInUnavailable(Exception):
    """No token now, and not the person's fault. `code` and `request_id` (a correlation id) are for the helpdesk."""

    def __init__(self, code: str = "", request_id: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.request_id = request_id


@dataclass(frozen=True)
class StoredTokens:
    """MSAL's cache of one person, as it was in the database at the time `updated`."""

    cache: msal.SerializableTokenCache
    updated: datetime


def get_access_token(user: User, scopes: Sequence[str], *, refused: str = "", claims: str | None = None) -> str:
    """From the sealed cache, else by a refresh, one at a time for each person over all processes.

    `refused` is the token that Graph did not take, `claims` (JSON) what it wants of the next one (a claims challenge).
    Raises SignInNeeded, SignInUnavailable.
    """
    cached = find_cached_token(require_cache(user, prefetched=True).cache, scopes)
    return cached if cached and cached != refused else refresh_once(user, scopes, refused, claims)


def refresh_once(user: User, scopes: Sequence[str], refused: str, claims: str | None) -> str:
    """A new token; the one that somebody else fetched meanwhile, if there is one."""
    try:
        left = max(0.0, outbound.left())
        with lease(f"token:{user.pk}", wait=min(settings.REFRESH_WAIT, left), most=left):
            stored = require_cache(user)
            fetched = find_cached_token(stored.cache, scopes)
            return fetched if fetched and fetched != refused else refresh(user, stored, scopes, claims)
    except LeaseTaken as error:
        raise SignInUnavailable("lease") from error


def refresh(user: User, stored: StoredTokens, scopes: Sequence[str], claims: str | None) -> str:
    """Ask Microsoft; the lease is held."""
    try:
        app = entra.make_application(stored.cache)
        account = next(iter(app.get_accounts()), None)
        with entra.reachable():
            result = app.acquire_token_silent_with_error(
                list(scopes), account, force_refresh=True, claims_challenge=claims
            )
    except SignInFailed as failed:
        if failed.reason in OF_THE_REGISTRATION:
            registration_health.note_refusal(failed.code)
        raise SignInUnavailable(failed.code, failed.correlation) from failed
    if result is None:
        raise SignInNeeded("no refresh token")
    if "error" in result:
        raise make_refusal(user, result, claims)
    registration_health.note_acceptance()
    if set(settings.MAILBOX_SCOPES) <= set(scopes):
        registration_health.note_approval()
    store_refreshed(user, stored)
    if not entra.grants(str(result.get("scope", "")), scopes):
        raise ConsentNeeded("scope")
    return str(result["access_token"])


def make_refusal(user: User, result: dict[str, Any], challenge: str | None) -> SignInNeeded | SignInUnavailable:
    """`challenge` are the claims of Graph's challenge, which the person's next sign-in has to bring then."""
    error, code, correlation = str(result["error"]), code_of(result), correlation_of(result)
    if error in NEEDS_PERSON:
        log.info("a refresh was refused: %s %s correlation %s", error, code, correlation)
        audit.record(audit.Action.REFRESH, "refused", user.oid, code=code, correlation=correlation)
        wanted = str(result.get("claims") or challenge or "")
        remember_claims(user, wanted)
        if code == DISABLED:
            return AccountDisabled(error, "", code, correlation)
        kind = ConsentNeeded if CONSENT in (error, result.get("suberror")) else SignInNeeded
        return kind(error, wanted, code, correlation)
    if error in OF_THE_SITE:
        registration_health.note_refusal(code)
    log.error("a refresh failed, see to the app registration: %s %s correlation %s", error, code, correlation)
    return SignInUnavailable(code, correlation)


def require_cache(user: User, *, prefetched: bool = False) -> StoredTokens:
    """As load_tokens(). Raises SignInNeeded where there is none."""
    stored = load_tokens(user, prefetched=prefetched)
    if stored is None:
        raise SignInNeeded("no tokens")
    return stored


def find_cached_token(cache: msal.TokenCache, scopes: Sequence[str]) -> str | None:
    """A cached token that covers `scopes` and is good for a while.

    MSAL's own look into the cache compares scopes letter by letter and misses those that Entra answered with
    their full names (https://graph.microsoft.com/Mail.Read): it would refresh at every call.
    """
    wanted = {scope.lower() for scope in scopes}
    this_client = {"client_id": settings.CLIENT_ID, "realm": settings.TENANT_ID}
    for entry in list(cache.search(msal.TokenCache.CredentialType.ACCESS_TOKEN, query=this_client)):
        granted = {scope.rpartition("/")[2].lower() for scope in entry["target"].split()}
        if wanted <= granted and int(entry["expires_on"]) - time.time() > SECONDS_LEFT:
            return str(entry["secret"])
    return None


def store_tokens(user: User, cache: msal.SerializableTokenCache) -> None:
    """After a sign-in: these are the person's tokens from now on, in all of their sessions."""
    TokenCache.objects.update_or_create(
        user_id=user.pk, defaults={"sealed": seal(cache.serialize()), "claims": "", "updated": timezone.now()}
    )


def load_tokens(user: User, *, prefetched: bool = False) -> StoredTokens | None:
    """As the database has them now; `prefetched`: as they came with the person when the request began, if they did.

    None if there are none, or none that our keys open.
    """
    if prefetched and User.token_cache.is_cached(user):
        return unseal_tokens(getattr(user, "token_cache", None))
    return unseal_tokens(TokenCache.objects.filter(user=user).first())


def unseal_tokens(row: TokenCache | None) -> StoredTokens | None:
    if row is None:
        return None
    cache = msal.SerializableTokenCache()
    try:
        cache.deserialize(unseal(row.sealed))
    except SealBroken:
        return None
    return StoredTokens(cache, row.updated)


def store_refreshed(user: User, stored: StoredTokens) -> None:
    """After a refresh of what was `stored`. Who signed out meanwhile stays so, and a newer sign-in is left as it is."""
    if stored.cache.has_state_changed:
        rows = TokenCache.objects.filter(user=user, updated=stored.updated)
        rows.update(sealed=seal(stored.cache.serialize()), updated=timezone.now())


def remember_claims(user: User, claims: str) -> None:
    """What Microsoft wants of the person's next sign-in (a claims challenge); what is no JSON object is not stored."""
    if claims and not is_json_object(claims):
        return
    TokenCache.objects.filter(user=user).update(claims=claims)


def is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
