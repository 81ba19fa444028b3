"""Whether a rule that Microsoft returns is the one that was sent."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

# Microsoft may fill a person's name in, and numbers the rules itself on creation.
IGNORED = frozenset({"sequence", "name"})


def fulfils(there: Json, sent: Json) -> bool:
    """Whether each member that was sent reads the same in the rule that is there.

    Letter case is not looked at: Microsoft's documentation shows words echoed in upper case
    (https://learn.microsoft.com/graph/api/mailfolder-post-messagerules). Unset is unset, however it is written.
    """
    return all(_plain(there.get(name)) == _plain(value) for name, value in sent.items() if name not in IGNORED)


def _plain(value: Any) -> Any:
    """A value without case, order, and unset members."""
    if isinstance(value, dict):
        members = {name: _plain(member) for name, member in value.items() if name not in IGNORED}
        return {name: member for name, member in members.items() if member not in (None, False, "", [], {})} or None
    if isinstance(value, list):
        return sorted((_plain(member) for member in value), key=repr) or None
    return value.casefold() if isinstance(value, str) else value
