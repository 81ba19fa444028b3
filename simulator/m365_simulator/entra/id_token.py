"""ID tokens: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference"""

import secrets
import time
from typing import Any

from m365_simulator.directory.claims import make_optional_claims, make_subject
from m365_simulator.directory.grants import SignIn
from m365_simulator.directory.person import Person
from m365_simulator.directory.registration import CLIENT_ID
from m365_simulator.entra.access_tokens import CLOCK_SECONDS
from m365_simulator.entra.defects import sign_id_token
from m365_simulator.tenant import TENANT

LIFETIME = 3600  # seconds
EVERYBODY = "7d1f3f52-6c1e-4f0b-9a55-0f6c5a1e2b01"
STAFF = "7d1f3f52-6c1e-4f0b-9a55-0f6c5a1e2b02"


def make_id_token(person: Person, sign_in: SignIn, issuer: str) -> str:
    now = int(time.time())
    claims = {
        "aud": CLIENT_ID,
        "iss": issuer,
        "iat": now - CLOCK_SECONDS,
        "nbf": now - CLOCK_SECONDS,
        "exp": now + LIFETIME,
        "rh": "1.AX0A" + secrets.token_urlsafe(24),
        "sub": make_subject(person, CLIENT_ID),
        "tid": person.tid,
        "uti": secrets.token_urlsafe(16),
        "ver": "2.0",
    }
    return sign_id_token(
        claims
        | list_scope_claims(person, sign_in)
        | list_registered_claims(person, sign_in)
        | list_account_claims(person, sign_in)
    )


def list_scope_claims(person: Person, sign_in: SignIn) -> dict[str, Any]:
    """Without `profile` nothing names the person but `sub`."""
    profile = {"name": person.name, "oid": person.oid, "preferred_username": person.address}
    return profile if "profile" in sign_in.scopes else {}


def list_registered_claims(person: Person, sign_in: SignIn) -> dict[str, Any]:
    wanted = sign_in.id_claims | set(TENANT.registration.optional_claims)
    wanted |= {"email"} if "email" in sign_in.scopes else set()
    groups = list_groups(person) if TENANT.registration.group_claims else []
    return make_optional_claims(frozenset(wanted), person, sign_in) | ({"groups": groups} if groups else {})


def list_account_claims(person: Person, sign_in: SignIn) -> dict[str, Any]:
    """`idp` only for a guest, `roles` only for those who have some, `nonce` only when the client sent one."""
    guest = {"idp": f"https://sts.windows.net/{person.home_tid}/"} if person.is_guest else {}
    roles = list_roles(person)
    return guest | ({"roles": roles} if roles else {}) | ({"nonce": sign_in.nonce} if sign_in.nonce else {})


def list_roles(person: Person) -> list[str]:
    return sorted({*person.roles, *TENANT.registration.roles.get(person.address, ())})


def list_groups(person: Person) -> list[str]:
    """Object ids of security groups."""
    return [EVERYBODY, STAFF] if person.staff else [EVERYBODY]
