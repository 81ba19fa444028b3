"""MSAL's token cache of one person, in and out of the database, sealed."""

from __future__ import annotations

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
        user=user, defaults={"sealed": seal(cache.serialize()), "claims": "", "updated": timezone.now()}
    )


def load(user: User) -> Kept | None:
    """None if there are none, or none that our keys open."""
    row = TokenCache.objects.filter(user=user).first()
    if row is None:
        return None
    cache = msal.SerializableTokenCache()
    try:
        cache.deserialize(unseal(row.sealed))
    except SealBroken:
        return None
    return Kept(cache, row.updated)


def update(user: User, cache: msal.SerializableTokenCache) -> None:
    """After a refresh. Somebody who signed out meanwhile stays signed out: no row is made."""
    if cache.has_state_changed:
        TokenCache.objects.filter(user=user).update(sealed=seal(cache.serialize()), updated=timezone.now())


def remember_claims(user: User, claims: str) -> None:
    """What Microsoft wants of the person's next sign-in (a claims challenge)."""
    TokenCache.objects.filter(user=user).update(claims=claims)
