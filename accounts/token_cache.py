"""MSAL's token cache of one person, in and out of the database, sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import msal
from django.utils import timezone

from accounts.models import TokenCache, User
from accounts.sealing import SealBroken, seal, unseal


@dataclass(frozen=True)
class Kept:
    cache: msal.SerializableTokenCache
    updated: datetime


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
