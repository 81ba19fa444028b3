"""The `claims` parameter: what the client can do (cp1), and what a challenge asks for.

https://learn.microsoft.com/entra/identity-platform/claims-challenge
"""

import json
from typing import Any

from simulator.entra.errors import EntraError


def claims_in(text: str) -> dict[str, Any]:
    """What is asked of the access token. Raises EntraError 90023 when it is not JSON."""
    try:
        claims = json.loads(text or "{}")
    except ValueError:
        raise EntraError(90023, field="claims") from None
    wanted = claims.get("access_token") if isinstance(claims, dict) else None
    return wanted if isinstance(wanted, dict) else {}


def capabilities_in(text: str) -> frozenset[str]:
    declared = claims_in(text).get("xms_cc")
    values = declared.get("values") if isinstance(declared, dict) else None
    return frozenset(str(value) for value in values) if isinstance(values, list) else frozenset()


def asks_for_mfa(text: str) -> bool:
    return "capolids" in claims_in(text)
