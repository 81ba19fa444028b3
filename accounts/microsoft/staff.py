"""Who works for the helpdesk: an app role or a group of Entra's, as the ID token names it at each sign-in.

Never an address: that can be given to somebody else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings

log = logging.getLogger("accounts")


def is_staff(claims: Mapping[str, Any]) -> bool:
    """Whether the token has the role STAFF_ROLE or the group STAFF_GROUP.

    https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
    """
    if settings.STAFF_ROLE and settings.STAFF_ROLE in listed(claims, "roles"):
        return True
    if not settings.STAFF_GROUP:
        return False
    if are_left_out(claims):
        log.warning("the token has no groups, since there are too many: not known to be staff; use an app role")
        return False
    return settings.STAFF_GROUP in listed(claims, "groups")


def listed(claims: Mapping[str, Any], name: str) -> list[Any]:
    found = claims.get(name)
    return found if isinstance(found, list) else []


def are_left_out(claims: Mapping[str, Any]) -> bool:
    """Whether the person is in more groups than a token has room for (200).

    https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim
    """
    elsewhere = claims.get("_claim_names")
    return claims.get("hasgroups") is True or (isinstance(elsewhere, Mapping) and "groups" in elsewhere)
