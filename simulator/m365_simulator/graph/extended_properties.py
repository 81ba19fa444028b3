"""Extended properties: their ids, and the values of those that an application wrote.

An id is a type and a MAPI tag ("Long 0x0E08") or a type and a name ("String {guid} Name Color"):
https://learn.microsoft.com/graph/api/resources/extended-properties-overview
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from m365_simulator.graph.errors import GraphError, bad_request, unknown_property
from m365_simulator.graph.vocabulary import EXTENDED_PROPERTY

KINDS = {
    kind.casefold(): kind
    for kind in (
        "ApplicationTime",
        "Binary",
        "Boolean",
        "CLSID",
        "Currency",
        "Double",
        "Float",
        "Integer",
        "Long",
        "Short",
        "String",
        "SystemTime",
    )
}
TAG = re.compile(r"(?P<kind>\w+)\s+0x(?P<number>[0-9a-f]{1,8})", re.IGNORECASE | re.ASCII)
NAMED = re.compile(
    r"(?P<kind>\w+)\s+\{(?P<guid>[0-9a-f-]{36})\}\s+(?P<how>name|id)\s+(?P<name>.+)", re.IGNORECASE | re.ASCII
)
Values = Mapping[str, Callable[[], Any]]


def normalise_id(asked: str) -> str:
    """As it comes back: "Long 0xe08". Raises GraphError (400) for what is no such id."""
    tag, named = TAG.fullmatch(asked.strip()), NAMED.fullmatch(asked.strip())
    found = tag or named
    kind = KINDS.get(found["kind"].casefold()) if found else None
    if kind is None:
        raise bad_request(f"The property id '{asked}' is malformed.", "ErrorInvalidUrlQueryFilter")
    if tag:
        return f"{kind} 0x{int(tag['number'], 16):x}"
    assert named  # noqa: S101  # nosec B101  # one of the two was found
    return f"{kind} {{{named['guid'].lower()}}} {named['how'].title()} {named['name']}"


def find_properties(ids: Sequence[str], values: Values, written: Mapping[str, str] | None) -> list[dict[str, str]]:
    """Those of the properties that there are; `values` has the store's own by their normalised id."""
    rows = []
    for asked in ids:
        name = normalise_id(asked)
        value = _value(name, values, written or {})
        if value is not None:
            rows.append({"id": name, "value": value})
    return rows


def _value(name: str, values: Values, written: Mapping[str, str]) -> str | None:
    if name in written:
        return written[name]
    known = values.get(name)
    held = known() if known else None
    if held is None:
        return None
    return str(held).lower() if isinstance(held, bool) else str(held)


def read_properties(listed: Any) -> dict[str, str]:
    """What a body wants to write, by normalised id. Raises GraphError (400)."""
    if not isinstance(listed, list):
        raise _unreadable()
    made = {}
    for entry in listed:
        if not isinstance(entry, dict):
            raise _unreadable()
        for member in entry:
            if member not in EXTENDED_PROPERTY.properties and "@" not in member:
                raise unknown_property(member, EXTENDED_PROPERTY.name)
        identifier, value = entry.get("id"), entry.get("value")
        if not isinstance(identifier, str) or not isinstance(value, str):
            raise _unreadable()
        made[normalise_id(identifier)] = value
    return made


def _unreadable() -> GraphError:
    return bad_request("The value of 'singleValueExtendedProperties' has the wrong type.", "RequestBodyRead")
