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

from accounts import audit, outbound, standing
from accounts.leases import LeaseTaken, lease
from accounts.microsoft import entra
from accounts.microsoft.problems import OURS, SignInFailed, code_of, correlation_of
from accounts.models import TokenCache, User
from accounts.sealing import SealBroken, seal, unseal

log = logging.getLogger("accounts")

# Seconds that a token must still be good for.
LEFT = 300
# Seconds that the person's other requests wait for one refresh, unless their page has less time left.
PATIENCE = 8.0
# What only the person can mend, by signing in once more:
# https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
CONSENT = "consent_required"
# What is said of the site's registration, not of the person or of Microsoft's own state.
OF_THE_SITE = {"invalid_client", "unauthorized_client"}
# A number that something is done about: all of the person's sessions end.
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
DISABLED = "AADSTS50057"
NEEDS_PERSON = {"invalid_grant", "interaction_required", "login_required", CONSENT}


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
    """The university has closed the account: nothing of the person's sign-ins is left standing."""


class SignInUnavailable(Exception):
    """No token now, and not the person's fault. `code` and `request_id` (a correlation id) are for the helpdesk."""

    def __init__(self, code: str = "", request_id: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.request_id = request_id


@dataclass(frozen=True)
class Kept:
    cache: msal.SerializableTokenCache
    updated: datetime


def access_token(user: User, scopes: Sequence[str], *, refused: str = "", claims: str | None = None) -> str:
    """From the sealed cache, else by a refresh, one at a time for each person over all processes.

    `refused` is the token that Graph did not take, `claims` (JSON) what it wants of the next one (a claims challenge).
    Raises SignInNeeded, SignInUnavailable.
    """
    cached = fresh(needed(at_hand(user)).cache, scopes)
    return cached if cached and cached != refused else refreshed(user, scopes, refused, claims)


def refreshed(user: User, scopes: Sequence[str], refused: str, claims: str | None) -> str:
    """A new token; the one that somebody else fetched meanwhile, if there is one."""
    try:
        left = max(0.0, outbound.left())
        with lease(f"token:{user.pk}", wait=min(PATIENCE, left), most=left):
            kept = needed(load(user))
            fetched = fresh(kept.cache, scopes)
            return fetched if fetched and fetched != refused else refresh(user, kept, scopes, claims)
    except LeaseTaken as error:
        raise SignInUnavailable("lease") from error


def refresh(user: User, kept: Kept, scopes: Sequence[str], claims: str | None) -> str:
    """Ask Microsoft; the lease is held."""
    try:
        app = entra.application(kept.cache)
        account = next(iter(app.get_accounts()), None)
        with entra.reachable():
            result = app.acquire_token_silent_with_error(
                list(scopes), account, force_refresh=True, claims_challenge=claims
            )
    except SignInFailed as failed:
        if failed.reason in OURS:
            standing.refused(failed.code)
        raise SignInUnavailable(failed.code, failed.correlation) from failed
    if result is None:
        raise SignInNeeded("no refresh token")
    if "error" in result:
        raise refusal(user, result, claims)
    standing.accepted()
    if set(settings.MAILBOX_SCOPES) <= set(scopes):
        standing.approved()
    update(user, kept)
    if not entra.grants(str(result.get("scope", "")), scopes):
        raise ConsentNeeded("scope")
    return str(result["access_token"])


def refusal(user: User, result: dict[str, Any], asked: str | None) -> SignInNeeded | SignInUnavailable:
    """`asked` are the claims of Graph's challenge, which the person's next sign-in has to bring then."""
    error, code, correlation = str(result["error"]), code_of(result), correlation_of(result)
    if error in NEEDS_PERSON:
        log.info("a refresh was refused: %s %s correlation %s", error, code, correlation)
        audit.record(audit.Action.REFRESH, "refused", user.oid, code=code, correlation=correlation)
        wanted = str(result.get("claims") or asked or "")
        remember_claims(user, wanted)
        if code == DISABLED:
            return AccountDisabled(error, "", code, correlation)
        needed = ConsentNeeded if CONSENT in (error, result.get("suberror")) else SignInNeeded
        return needed(error, wanted, code, correlation)
    if error in OF_THE_SITE:
        standing.refused(code)
    log.error("a refresh failed, see to the app registration: %s %s correlation %s", error, code, correlation)
    return SignInUnavailable(code, correlation)


def needed(kept: Kept | None) -> Kept:
    if kept is None:
        raise SignInNeeded("no tokens")
    return kept


def fresh(cache: msal.TokenCache, scopes: Sequence[str]) -> str | None:
    """A cached token that covers `scopes` and is good for a while.

    MSAL's own look into the cache compares scopes letter by letter and misses those that Entra answered with
    their full names (https://graph.microsoft.com/Mail.Read): it would refresh at every call.
    """
    wanted = {scope.lower() for scope in scopes}
    ours = {"client_id": settings.CLIENT_ID, "realm": settings.TENANT_ID}
    for entry in list(cache.search(msal.TokenCache.CredentialType.ACCESS_TOKEN, query=ours)):
        granted = {scope.rpartition("/")[2].lower() for scope in entry["target"].split()}
        if wanted <= granted and int(entry["expires_on"]) - time.time() > LEFT:
            return str(entry["secret"])
    return None


def keep(user: User, cache: msal.SerializableTokenCache) -> None:
    """After a sign-in: these are the person's tokens from now on, in all of their sessions."""
    TokenCache.objects.update_or_create(
        user_id=user.pk, defaults={"sealed": seal(cache.serialize()), "claims": "", "updated": timezone.now()}
    )


def load(user: User) -> Kept | None:
    """As the database has them now. None if there are none, or none that our keys open."""
    return opened(TokenCache.objects.filter(user=user).first())


def at_hand(user: User) -> Kept | None:
    """As they came with the person when the request began (accounts.backends), else as they are now."""
    return opened(getattr(user, "token_cache", None)) if User.token_cache.is_cached(user) else load(user)


def opened(row: TokenCache | None) -> Kept | None:
    if row is None:
        return None
    cache = msal.SerializableTokenCache()
    try:
        cache.deserialize(unseal(row.sealed))
    except SealBroken:
        return None
    return Kept(cache, row.updated)


def update(user: User, kept: Kept) -> None:
    """After a refresh of what was `kept`. Who signed out meanwhile stays so, and a newer sign-in is left as it is."""
    if kept.cache.has_state_changed:
        rows = TokenCache.objects.filter(user=user, updated=kept.updated)
        rows.update(sealed=seal(kept.cache.serialize()), updated=timezone.now())


def remember_claims(user: User, claims: str) -> None:
    """What Microsoft wants of the person's next sign-in (a claims challenge); what is no JSON object is not kept."""
    if claims and not is_object(claims):
        return
    TokenCache.objects.filter(user=user).update(claims=claims)


def is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
