"""Access tokens: RS256, with the claims that Microsoft's carry, and what Graph reads in them.

https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jwt

from m365_simulator.directory.claims import make_subject
from m365_simulator.directory.person import Person
from m365_simulator.directory.registration import CLIENT_ID
from m365_simulator.tenant import TENANT

GRAPH_AUDIENCE = "https://graph.microsoft.com"
# Seconds. Microsoft varies the lifetime between 60 and 90 minutes; with continuous access evaluation it is "up to
# 28 hours": https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation
USUAL = (3599, 5399)
EVALUATED = (86399, 100799)
CLOCK_SECONDS = 300  # Microsoft dates its tokens back by five minutes


class BadToken(Exception):
    """No token, or not one of ours, or too old: the message is Graph's."""


@dataclass(frozen=True)
class AccessToken:
    """`expires_at` and `issued_at` are in epoch seconds; `capabilities` what the client declared, as "cp1"."""

    oid: str
    tid: str
    scopes: frozenset[str]
    capabilities: frozenset[str]
    expires_at: int
    issued_at: float


def choose_lifetime(capabilities: Iterable[str] = ()) -> int:
    shortest, longest = EVALUATED if "cp1" in capabilities else USUAL
    return shortest + secrets.randbelow(longest - shortest + 1)


def make_access_token(
    person: Person,
    scopes: Iterable[str],
    *,
    seconds: int,
    capabilities: Iterable[str] = (),
    contexts: Iterable[str] = (),
    sid: str = "",
) -> str:
    """For Graph. `seconds` may be negative: a token that has expired. `contexts` are authentication contexts."""
    now = time.time()
    claims = {
        "aud": GRAPH_AUDIENCE,
        "iss": f"https://sts.windows.net/{person.tid}/",
        "iat": int(now) - CLOCK_SECONDS,
        "nbf": int(now) - CLOCK_SECONDS,
        "exp": int(now) + seconds,
        "appid": CLIENT_ID,
        "app_displayname": "Madoguchi",
        "idtyp": "user",
        "name": person.name,
        "oid": person.oid,
        "scp": " ".join(sorted(set(scopes) - {"offline_access"})),
        "sid": sid,
        "simulated_issued_at": now,  # not Microsoft's: `iat` is dated back, and a revocation is compared to the moment
        "sub": make_subject(person, GRAPH_AUDIENCE),
        "tid": person.tid,
        "unique_name": person.address,
        "uti": secrets.token_urlsafe(16),
        "ver": "1.0",
    }
    return TENANT.keys.sign(claims | name_claims(person) | list_claims(xms_cc=capabilities, acrs=contexts))


def name_claims(person: Person) -> dict[str, Any]:
    """A guest's token names who signed them in."""
    return {"idp": f"https://sts.windows.net/{person.home_tid}/"} if person.is_guest else {"upn": person.upn}


def list_claims(**claims: Iterable[str]) -> dict[str, list[str]]:
    """Those that are not empty."""
    return {name: sorted(values) for name, values in claims.items() if values}


def read_access_token(header: str | None) -> AccessToken:
    """From an Authorization header. Raises BadToken."""
    claims = read_claims(header)
    if claims["exp"] <= time.time():
        raise BadToken("Lifetime validation failed, the token is expired.")
    return AccessToken(
        oid=claims["oid"],
        tid=claims["tid"],
        scopes=frozenset(claims["scp"].split()),
        capabilities=frozenset(claims.get("xms_cc", ())),
        expires_at=claims["exp"],
        issued_at=claims["simulated_issued_at"],
    )


def read_claims(header: str | None) -> dict[str, Any]:
    """Whatever its age. Raises BadToken."""
    kind, _, raw = (header or "").partition(" ")
    if kind.lower() != "bearer" or not raw.strip():
        raise BadToken("Access token is empty.")
    try:
        return TENANT.keys.reader(raw.strip(), GRAPH_AUDIENCE)
    except jwt.InvalidAudienceError:
        raise BadToken("Access token validation failure. Invalid audience.") from None
    except jwt.InvalidTokenError:
        raise BadToken(
            "IDX14100: JWT is not well formed, there are no dots (.)." if "." not in raw else "Signing key is invalid."
        ) from None
