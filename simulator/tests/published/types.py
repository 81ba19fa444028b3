"""What Graph v1.0 declares (types.json), and what in an answer does not fit that.

The members of an answer are named by their paths: `value[]/conditions/subjectContains`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Declared = dict[str, str] | list[str]  # a type's properties with their types, or an enumeration's members
TYPES: dict[str, Declared] = json.loads((Path(__file__).parent / "types.json").read_text())["types"]
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
PLAIN = {
    "Edm.Boolean": lambda value: isinstance(value, bool),
    "Edm.Int32": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Edm.String": lambda value: isinstance(value, str),
    "Edm.Binary": lambda value: isinstance(value, str),
    "Edm.DateTimeOffset": lambda value: isinstance(value, str) and re.fullmatch(TIME, value) is not None,
    "Edm.TimeOfDay": lambda value: isinstance(value, str) and re.fullmatch(r"\d\d:\d\d:\d\d\.\d{7}", value) is not None,
}


def members(body: Any, path: str = "") -> Iterator[str]:
    """The path of every member, once for each time it is there."""
    if isinstance(body, list):
        for item in body:
            yield from members(item, f"{path}[]")
    elif isinstance(body, dict):
        for name, value in body.items():
            here = f"{path}/{name}" if path else name
            yield here
            yield from members(value, here)


def misfits(body: Any, declared: str, path: str = "") -> Iterator[str]:
    """Sentences about what the type does not allow. A collection's answer is an object with `value`."""
    inner = element(declared)
    if inner and not path:
        yield from strangers(body, {"value"}, path)
        yield from misfits(body["value"], declared, "value")
    elif inner:
        for item in body:
            yield from misfits(item, inner, f"{path}[]")
    elif body is not None:
        yield from misfits_of_one(body, declared, path)


def misfits_of_one(value: Any, declared: str, path: str) -> Iterator[str]:
    known = TYPES.get(declared)
    if not isinstance(known, dict):
        fits = value in known if known else PLAIN[declared](value)
        if not fits:
            yield f"{path} is no {declared}: {value!r}"
        return
    properties = derived(value, known)
    yield from strangers(value, set(properties), path)
    for name in set(properties) & set(value):
        yield from misfits(value[name], properties[name], f"{path}/{name}" if path else name)


def derived(value: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
    """The properties of the type that the value says it has."""
    said = TYPES.get(value.get("@odata.type", "").removeprefix("#microsoft.graph."))
    return said if isinstance(said, dict) else known


def strangers(value: dict[str, Any], known: set[str], path: str) -> Iterator[str]:
    """Annotations such as `@odata.context` or `messages@odata.count` are no members of the type."""
    for name in value:
        if name not in known and "@odata." not in name:
            yield f"{path or 'the answer'} has no member {name}"


def element(declared: str) -> str:
    """What a collection holds; empty for anything else."""
    found = re.fullmatch(r"Collection\((.*)\)", declared)
    return found.group(1) if found else ""
