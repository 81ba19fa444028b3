"""Scopes: one resource (Graph), compared by their last part without regard to case.

Names: https://learn.microsoft.com/graph/permissions-reference
"""

from collections.abc import Iterable

from simulator import switches
from simulator.entra.errors import EntraError
from simulator.tenant import TENANT, Person

GRAPH = "https://graph.microsoft.com/"
OPENID = ("openid", "profile", "email", "offline_access")
KNOWN = (
    *OPENID,
    "User.Read",
    "User.ReadBasic.All",
    "Mail.ReadBasic",
    "Mail.Read",
    "Mail.ReadWrite",
    "Mail.Send",
    "MailboxSettings.Read",
    "MailboxSettings.ReadWrite",
    "Calendars.Read",
    "Contacts.Read",
    "People.Read",
)
BY_LOWER = {scope.lower(): scope for scope in KNOWN}


def scopes_in(text: str) -> frozenset[str]:
    """Without the resource in front. Raises EntraError 28000 (two resources), 650053 (unknown)."""
    return frozenset(known(word) for word in text.split())


def known(word: str) -> str:
    bare = word.removeprefix(GRAPH)
    if "://" in bare:
        raise EntraError(28000)
    if bare.lower() not in BY_LOWER:
        raise EntraError(650053, scope=bare)
    return BY_LOWER[bare.lower()]


def shown(scopes: Iterable[str]) -> str:
    """As the token endpoint returns them: Graph's with the resource (switch), no offline_access."""
    ordered = sorted(set(scopes) - {"offline_access"}, key=KNOWN.index)
    resource = GRAPH if switches.value("granted_scopes") == "full_names" else ""
    return " ".join(scope if scope in OPENID else resource + scope for scope in ordered)


def consented(person: Person, scopes: Iterable[str]) -> bool:
    """An administrator consented for everybody but those who `need_consent`."""
    if not person.needs_consent:
        return True
    with TENANT.lock:
        return set(scopes) <= TENANT.grants.consents.get(person.oid, set())


def record_consent(person: Person, scopes: Iterable[str]) -> None:
    with TENANT.lock:
        TENANT.grants.consents.setdefault(person.oid, set()).update(scopes)
