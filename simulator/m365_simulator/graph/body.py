"""The members of a body, read by the types of the model.

Names of enumeration members come in any case and are kept as the model writes them. Raises
GraphError (400) for unknown members and values of another type.
"""

import re
from collections.abc import Mapping
from typing import Any

from m365_simulator.graph.errors import GraphError, bad_request, unknown_property
from m365_simulator.graph.odata.terms import read_moment
from m365_simulator.graph.type_lists import BOOL, ENUMS, MOMENT, STRING, TYPES

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?", re.ASCII)
INT32 = 2**31 - 1
PREFIX = "#microsoft.graph."
JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    STRING: str,
    BOOL: bool,
    "Edm.Int32": int,
    "Edm.Binary": str,
    MOMENT: str,
    "Edm.TimeOfDay": str,
}


def read_members(body: Mapping[str, Any], entity: str) -> dict[str, Any]:
    """The members that the type has; annotations are left out."""
    made = {}
    for name, value in body.items():
        if "@" not in name:
            if name not in TYPES[entity]:
                raise unknown_property(name, f"microsoft.graph.{entity}")
            made[name] = read_value(TYPES[entity][name], value)
    return made


def read_value(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind.startswith("["):
        if not isinstance(value, list) or None in value:
            raise mistyped(value, f"Collection({kind.strip('[]')})")
        return [read_value(kind.strip("[]"), entry) for entry in value]
    if kind in ENUMS:
        return _choice(kind, value)
    return _complex(kind, value) if kind in TYPES else _primitive(kind, value)


def _complex(kind: str, value: Any) -> dict[str, Any]:
    """`@odata.type` may name a type that is derived from the declared one."""
    if not isinstance(value, dict):
        raise mistyped(value, f"microsoft.graph.{kind}")
    named = str(value.get("@odata.type", "")).removeprefix(PREFIX).removeprefix(PREFIX[1:])
    derived = {"@odata.type": f"{PREFIX}{named}"} if named in TYPES and named != kind else {}
    return {**derived, **read_members(value, named if derived else kind)}


def _choice(kind: str, value: Any) -> str:
    if not isinstance(value, str):
        raise mistyped(value, f"microsoft.graph.{kind}")
    for name in ENUMS[kind]:
        if name.casefold() == value.casefold():
            return name
    raise bad_request(f"Requested value '{value}' was not found.", "InvalidArguments")


def _primitive(kind: str, value: Any) -> Any:
    fits = isinstance(value, JSON_TYPES.get(kind, str)) and isinstance(value, bool) == (kind == BOOL)
    if kind == "Edm.Int32":
        fits = fits and abs(value) <= INT32
    if kind == "Edm.TimeOfDay":
        fits = fits and TIME.fullmatch(value) is not None
    if kind == MOMENT:
        fits = fits and read_moment(value) is not None
    if not fits:
        raise mistyped(value, kind)
    return value


def mistyped(value: Any, kind: str) -> GraphError:
    shown = value if isinstance(value, str | int | float) else type(value).__name__
    return bad_request(f"Cannot convert the literal '{shown}' to the expected type '{kind}'.", "RequestBodyRead")
