"""The `claims` parameter: what the client can do (cp1), what a challenge wants shown, which claims an ID token needs.

https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter
https://learn.microsoft.com/entra/identity-platform/claims-challenge
"""

import json
from dataclasses import dataclass
from typing import Any

from m365_simulator.aadsts.errors import EntraError


@dataclass(frozen=True)
class WantedClaims:
    """`proven`: the client answers a challenge about a second factor. `contexts`: authentication contexts (`acrs`).

    `not_before`: a sign-in older than that (epoch seconds) does not do. `in_id_token`: names of claims.
    """

    capabilities: frozenset[str] = frozenset()
    proven: bool = False
    contexts: tuple[str, ...] = ()
    not_before: float = 0.0
    in_id_token: frozenset[str] = frozenset()


def read_wanted_claims(text: str) -> WantedClaims:
    """Raises EntraError 90023 when it is not JSON; what has another form than expected is passed over."""
    try:
        whole = json.loads(text or "{}")
    except (ValueError, RecursionError):
        raise EntraError(90023, field="claims") from None
    access, identity = read_member(whole, "access_token"), read_member(whole, "id_token")
    contexts = read_values(access, "acrs")
    return WantedClaims(
        capabilities=frozenset(read_values(access, "xms_cc")),
        proven="capolids" in access or bool(contexts),
        contexts=contexts,
        not_before=read_seconds(read_values(access, "nbf")),
        in_id_token=frozenset(identity),
    )


def read_member(whole: Any, name: str) -> dict[str, Any]:
    found = whole.get(name) if isinstance(whole, dict) else None
    return found if isinstance(found, dict) else {}


def read_values(claims: dict[str, Any], name: str) -> tuple[str, ...]:
    """Of `{"value": …}` or `{"values": […]}`."""
    asked = read_member(claims, name)
    several = asked.get("values")
    listed = several if isinstance(several, list) else [asked["value"]] if "value" in asked else []
    return tuple(str(value) for value in listed)


def read_seconds(listed: tuple[str, ...]) -> float:
    text = listed[0] if listed else ""
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0.0
