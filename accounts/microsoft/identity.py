"""The person that an ID token names, once the token is believed, and whether they are staff.

MSAL (since 1.38) checks neither issuer, audience, tenant nor expiry: we do. The signature is not checked;
the token came straight from the token endpoint over TLS, which OpenID Connect Core 3.1.3.7 lets stand for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from accounts.microsoft.failures import SignInFailed
from accounts.models import User

log = logging.getLogger("accounts")

# Seconds that Microsoft's clock and ours may differ.
SKEW = 120


@dataclass(frozen=True)
class Identity:
    tid: str
    oid: str
    address: str
    name: str
    staff: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def uid(self) -> str:
        return f"{self.tid}.{self.oid}"

    def user(self) -> User:
        """The row of this person, made at the first sign-in; all else is as Microsoft has it now."""
        now = {"address": self.address[:320], "name": self.name[:256], "is_staff": self.staff}
        user, _ = User.objects.update_or_create(tid=UUID(self.tid), oid=UUID(self.oid), defaults=now)
        return user


def read_identity(claims: Mapping[str, Any]) -> Identity:
    """The person named by an ID token's claims. Raises SignInFailed: other-tenant, refused."""
    if claims.get("tid", settings.TENANT_ID) != settings.TENANT_ID:
        raise SignInFailed("other-tenant", "tid")
    issuer = f"{settings.LOGIN_HOST}/{settings.TENANT_ID}/v2.0"
    for name, wanted in (("tid", settings.TENANT_ID), ("iss", issuer), ("aud", settings.CLIENT_ID)):
        if claims.get(name) != wanted:
            raise SignInFailed("refused", name)
    check_time(claims)
    check_oid(claims)
    return Identity(
        tid=claims["tid"],
        oid=claims["oid"],
        address=str(claims.get("preferred_username") or ""),
        name=str(claims.get("name") or ""),
        staff=is_staff(claims),
    )


def check_time(claims: Mapping[str, Any]) -> None:
    """Both times are seconds since 1970; a token without them is not believed."""
    now = time.time()
    try:
        begins, ends = float(claims["nbf"]), float(claims["exp"])
    except (KeyError, TypeError, ValueError):
        raise SignInFailed("refused", "nbf or exp missing") from None
    if not begins - SKEW <= now <= ends + SKEW:
        raise SignInFailed("refused", "nbf or exp")


def check_oid(claims: Mapping[str, Any]) -> None:
    try:
        UUID(claims["oid"])
    except (KeyError, TypeError, AttributeError, ValueError):
        raise SignInFailed("refused", "oid") from None


def authentication_time(claims: Mapping[str, Any], *, asked_anew: bool) -> int:
    """When the person last showed Microsoft who they are, in seconds since 1970; 0 where it is not known.

    Entra tells it by `auth_time`, which we ask for and which can be configured as an optional claim. Without it, a
    sign-in counts only if Microsoft was told to ask anew: it may have waved the person through on an old session.
    https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
    """
    auth_time, now = claims.get("auth_time"), int(time.time())
    if isinstance(auth_time, int | float):
        return min(int(auth_time), now)
    return now if asked_anew else 0


def is_staff(claims: Mapping[str, Any]) -> bool:
    """Whether the token has the app role STAFF_ROLE or the group STAFF_GROUP, at this sign-in.

    Never by an address, which can be given to somebody else.
    https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
    """
    if settings.STAFF_ROLE and settings.STAFF_ROLE in list_in(claims, "roles"):
        return True
    if not settings.STAFF_GROUP:
        return False
    if groups_are_left_out(claims):
        log.warning("the token has no groups, since there are too many: not known to be staff; use an app role")
        return False
    return settings.STAFF_GROUP in list_in(claims, "groups")


def list_in(claims: Mapping[str, Any], name: str) -> list[Any]:
    found = claims.get(name)
    return found if isinstance(found, list) else []


def groups_are_left_out(claims: Mapping[str, Any]) -> bool:
    """Whether the person is in more groups than a token has room for (200).

    https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim
    """
    elsewhere = claims.get("_claim_names")
    return claims.get("hasgroups") is True or (isinstance(elsewhere, Mapping) and "groups" in elsewhere)
