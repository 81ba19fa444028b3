"""The names that tokens give a person."""

from __future__ import annotations

import base64
import hashlib
import json

from m365_simulator.directory.person import Person


def subject(person: Person, audience: str) -> str:
    """Pairwise: another one for every application."""
    digest = hashlib.sha256(f"{person.oid} {audience}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def login_hint(person: Person) -> str:
    """Opaque, accepted back as `login_hint` and `logout_hint`."""
    return "O." + base64.urlsafe_b64encode(person.oid.encode()).decode().rstrip("=")


def client_info(person: Person) -> str:
    """The account at home, as MSAL keys its cache by: for a guest it is not the object of this tenant."""
    home = person.at_home()
    text = json.dumps({"uid": home.oid, "utid": home.tid})
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
