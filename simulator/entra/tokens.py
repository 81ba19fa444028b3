"""Access tokens and ID tokens: RS256, with the claims that Microsoft's carry.

https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
"""

import base64
import functools
import hashlib
import json
import secrets
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jwt

from simulator.entra.grants import SignIn
from simulator.entra.keys import ALGORITHM, sign, signing_key
from simulator.tenant import CLIENT_ID, Person

GRAPH_AUDIENCE = "https://graph.microsoft.com"
SHORTEST, LONGEST = 3599, 5399  # seconds; Microsoft varies the lifetime between 60 and 90 minutes
ID_TOKEN_SECONDS = 3600
CLOCK_SECONDS = 300  # Microsoft dates its tokens back by five minutes


class BadToken(Exception):
    """No token, or not one of ours, or too old: the message is Graph's."""


@dataclass(frozen=True)
class AccessToken:
    """`expires_at` is in epoch seconds; `capabilities` what the client declared, as "cp1"."""

    oid: str
    tid: str
    scopes: frozenset[str]
    capabilities: frozenset[str]
    expires_at: int


def some_lifetime() -> int:
    return SHORTEST + secrets.randbelow(LONGEST - SHORTEST + 1)


def access_token(
    person: Person,
    scopes: Iterable[str],
    *,
    seconds: int,
    capabilities: Iterable[str] = (),
    sid: str = "",
) -> str:
    """For Graph. `seconds` may be negative: a token that has expired."""
    now = int(time.time())
    claims = {
        "aud": GRAPH_AUDIENCE,
        "iss": f"https://sts.windows.net/{person.tid}/",
        "iat": now - CLOCK_SECONDS,
        "nbf": now - CLOCK_SECONDS,
        "exp": now + seconds,
        "appid": CLIENT_ID,
        "app_displayname": "Madoguchi",
        "idtyp": "user",
        "name": person.name,
        "oid": person.oid,
        "scp": " ".join(sorted(set(scopes) - {"offline_access"})),
        "sid": sid,
        "sub": subject(person, GRAPH_AUDIENCE),
        "tid": person.tid,
        "unique_name": person.address,
        "upn": person.address,
        "uti": secrets.token_urlsafe(16),
        "ver": "1.0",
    }
    declared = sorted(capabilities)
    return sign(claims | ({"xms_cc": declared} if declared else {}))


def id_token(person: Person, sign_in: SignIn, issuer: str) -> str:
    now = int(time.time())
    claims = {
        "aud": CLIENT_ID,
        "iss": issuer,
        "iat": now - CLOCK_SECONDS,
        "nbf": now - CLOCK_SECONDS,
        "exp": now + ID_TOKEN_SECONDS,
        "auth_time": int(sign_in.auth_time),
        "login_hint": login_hint(person),
        "name": person.name,
        "oid": person.oid,
        "preferred_username": person.address,
        "rh": "1.AX0A" + secrets.token_urlsafe(24),
        "sid": str(uuid.UUID(sign_in.sid)),
        "sub": subject(person, CLIENT_ID),
        "tid": person.tid,
        "uti": secrets.token_urlsafe(16),
        "ver": "2.0",
    }
    return sign(claims | ({"nonce": sign_in.nonce} if sign_in.nonce else {}))


def subject(person: Person, audience: str) -> str:
    """Pairwise: another one for every application."""
    digest = hashlib.sha256(f"{person.oid} {audience}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def login_hint(person: Person) -> str:
    """Opaque, accepted back as `login_hint` and `logout_hint`."""
    return "O." + base64.urlsafe_b64encode(person.oid.encode()).decode().rstrip("=")


def client_info(person: Person) -> str:
    text = json.dumps({"uid": person.oid, "utid": person.tid})
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_access_token(header: str | None) -> AccessToken:
    """From an Authorization header. Raises BadToken."""
    claims = claims_of(header)
    if claims["exp"] <= time.time():
        raise BadToken("Lifetime validation failed, the token is expired.")
    return AccessToken(
        oid=claims["oid"],
        tid=claims["tid"],
        scopes=frozenset(claims["scp"].split()),
        capabilities=frozenset(claims.get("xms_cc", ())),
        expires_at=claims["exp"],
    )


def claims_of(header: str | None) -> dict[str, Any]:
    """Whatever its age. Raises BadToken."""
    kind, _, raw = (header or "").partition(" ")
    if kind.lower() != "bearer" or not raw.strip():
        raise BadToken("Access token is empty.")
    try:
        return verified(raw.strip())
    except jwt.InvalidAudienceError:
        raise BadToken("Access token validation failure. Invalid audience.") from None
    except jwt.InvalidTokenError:
        raise BadToken(
            "IDX14100: JWT is not well formed, there are no dots (.)." if "." not in raw else "Signing key is invalid."
        ) from None


@functools.lru_cache(maxsize=1024)
def verified(raw: str) -> dict[str, Any]:
    """Signature and audience, checked once per token; the age is checked each time."""
    claims: dict[str, Any] = jwt.decode(
        raw,
        signing_key().public_key(),
        algorithms=[ALGORITHM],
        audience=GRAPH_AUDIENCE,
        options={"verify_exp": False, "verify_nbf": False},
    )
    return claims
