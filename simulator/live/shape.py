"""The shape of an answer: what of it must be the same in every mailbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

HEADERS = (
    "Location",
    "Preference-Applied",
    "Retry-After",
    "WWW-Authenticate",
    "client-request-id",
    "request-id",
    "x-ms-ags-diagnostic",
)
Kinds = frozenset[str]


@dataclass(frozen=True)
class Shape:
    """`members` has the kinds of value at each path, as {"value[]/id": {"text"}}; `value[]` itself
    is there when a list has rows. `facts` are what a question found out beside the shape.
    """

    status: int
    error: str = ""
    headers: frozenset[str] = frozenset()
    members: Mapping[str, Kinds] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


def shape_of(answer: requests.Response, **facts: object) -> Shape:
    body = json_of(answer)
    return Shape(
        answer.status_code,
        error_of(body),
        frozenset(name for name in HEADERS if name in answer.headers),
        members_of(body),
        {name.replace("_", " "): str(value) for name, value in facts.items()},
    )


def json_of(answer: requests.Response) -> Any:
    """None for an answer that is not JSON."""
    try:
        return answer.json()
    except ValueError:
        return None


def error_of(body: Any) -> str:
    """Graph's code, or Entra's error with its numbers; empty when all went well."""
    error = body.get("error", "") if isinstance(body, dict) else ""
    if isinstance(error, dict):
        return str(error.get("code", ""))
    return " ".join([str(error), *map(str, body.get("error_codes", ()))]) if error else ""


def members_of(body: Any) -> dict[str, Kinds]:
    found: dict[str, set[str]] = {}
    for path, kind in walked(body, ""):
        found.setdefault(path, set()).add(kind)
    return {path: frozenset(kinds) for path, kinds in found.items()}


def walked(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if path:
        yield path, kind_of(value)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walked(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from walked(inner, f"{path}[]")


def kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "yes/no"
    kinds = {str: "text", int: "number", float: "number", list: "list", dict: "object", type(None): "null"}
    return kinds[type(value)]
