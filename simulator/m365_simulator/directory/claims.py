"""What tokens say of a person: the names they give, and claims that only come when somebody wants them.

https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from m365_simulator.directory.grants import SignIn
from m365_simulator.directory.person import Person


def make_subject(person: Person, audience: str) -> str:
    """Pairwise: another one for every application."""
    digest = hashlib.sha256(f"{person.oid} {audience}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def make_login_hint(person: Person) -> str:
    """Opaque, accepted back as `login_hint` and `logout_hint`."""
    return "O." + base64.urlsafe_b64encode(person.oid.encode()).decode().rstrip("=")


def make_client_info(person: Person) -> str:
    """The account at home, as MSAL keys its cache by: for a guest it is not the object of this tenant."""
    home = person.at_home()
    text = json.dumps({"uid": home.oid, "utid": home.tid})
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


# None: this person has none
CLAIMS: dict[str, Callable[[Person, SignIn], Any]] = {
    "acct": lambda person, _: int(person.is_guest),
    "auth_time": lambda _, sign_in: int(sign_in.auth_time),
    "email": lambda person, _: person.address if person.licensed or person.is_guest else None,
    "family_name": lambda person, _: person.family_name,
    "given_name": lambda person, _: person.given_name,
    "login_hint": lambda person, _: make_login_hint(person),
    "sid": lambda _, sign_in: sign_in.sid,
    "tenant_ctry": lambda *_: "JP",
    "upn": lambda person, _: None if person.is_guest else person.upn,
    "xms_pl": lambda person, _: person.language,
}


def make_optional_claims(names: frozenset[str], person: Person, sign_in: SignIn) -> dict[str, Any]:
    """Names that Entra does not know are passed over."""
    found = {name: make(person, sign_in) for name, make in CLAIMS.items() if name in names}
    return {name: value for name, value in found.items() if value is not None}
