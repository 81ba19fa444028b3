"""The parts of a filter: each has an OData type and a value for a row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from m365_simulator.graph.errors import GraphError, bad_request
from m365_simulator.graph.type_lists import BOOL, ENUMS, MOMENT, STRING

NUMBER = "number"
NULL = "null"
NUMBERS = ("Edm.Int32", "Edm.Int64", "Edm.Double", NUMBER)
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "gt": lambda left, right: left > right,
    "ge": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "le": lambda left, right: left <= right,
}
KINDS = {
    "eq": "Equal",
    "ne": "NotEqual",
    "gt": "GreaterThan",
    "ge": "GreaterThanOrEqual",
    "lt": "LessThan",
    "le": "LessThanOrEqual",
}
# what a term is asked about: "" is the row, other names are a lambda's variables
Scope = Mapping[str, Any]


@dataclass(frozen=True)
class Term:
    """`text` is what stands in the filter, for a literal; `path` the property, for a path."""

    type: str
    of: Callable[[Scope], Any]
    text: str = ""
    path: str = ""


def make_literal(type_: str, value: Any, text: str = "") -> Term:
    return Term(type_, lambda _: value, text)


def read_moment(text: str) -> datetime | None:
    """A date, or a date and time with its offset; None for anything else. Fractions may be long."""
    cut = re.sub(r"(\.\d{6})\d+", r"\1", text.upper())
    try:
        made = datetime.fromisoformat(cut)
        return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def make_comparable(kind: str, value: Any) -> Any:
    """Strings are compared without case, moments as moments."""
    if isinstance(value, str):
        return read_moment(value) if kind == MOMENT else value.casefold()
    return value


def compare_terms(operator: str, left: Term, right: Term) -> Term:
    """Raises GraphError (400) for values of types that cannot be compared."""
    _fitting(operator, left, right)
    compare, kinds = COMPARE[operator], (_kind(left), _kind(right))

    def holds(scope: Scope) -> bool:
        ends = [make_comparable(kind, term.of(scope)) for kind, term in zip(kinds, (left, right), strict=True)]
        if None in ends and operator not in ("eq", "ne"):
            return False
        return compare(*ends)

    return Term(BOOL, holds)


def _kind(term: Term) -> str:
    return NUMBER if term.type in NUMBERS else STRING if term.type in ENUMS else term.type


def _fitting(operator: str, left: Term, right: Term) -> None:
    for one, other in ((left, right), (right, left)):
        if one.type in ENUMS and other.type == STRING and other.text:
            _member(one.type, other.text)
    kinds = {_kind(left), _kind(right)} - {NULL}
    if len(kinds) > 1 or any(not _primitive(kind) for kind in kinds):
        raise _incompatible(operator, left, right)


def _primitive(kind: str) -> bool:
    return kind == NUMBER or kind.startswith("Edm.")


def _member(enum: str, text: str) -> None:
    if text.casefold() not in (name.casefold() for name in ENUMS[enum]):
        raise bad_request(f"The string '{text}' is not a valid enumeration type constant.")


def _incompatible(operator: str, left: Term, right: Term) -> GraphError:
    names = [_shown(term.type) for term in (left, right)]
    return bad_request(
        "A binary operator with incompatible types was detected. Found operand types "
        f"'{names[0]}' and '{names[1]}' for operator kind '{KINDS[operator]}'."
    )


def _shown(kind: str) -> str:
    if kind == NUMBER:
        return "Edm.Int32"
    if kind.startswith("["):
        return f"Collection({_shown(kind.strip('[]'))})"
    return kind if kind.startswith("Edm.") or kind == NULL else f"microsoft.graph.{kind}"
