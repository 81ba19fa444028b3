"""A rule as Graph writes it."""

from typing import Any

from simulator import switches
from simulator.graph.vocabulary import ACTIONS, PREDICATES, Kind
from simulator.mailbox import Mailbox


def row(mailbox: Mailbox, rule: dict[str, Any]) -> dict[str, Any]:
    """A read-only rule comes without conditions, actions and exceptions."""
    made = {
        "id": rule["id"],
        "displayName": rule["displayName"],
        "sequence": rule["sequence"],
        "isEnabled": rule["isEnabled"],
        "hasError": mailbox.in_error(rule),
        "isReadOnly": rule["isReadOnly"],
    }
    if rule["isReadOnly"]:
        return made
    parts = {
        "conditions": _members(_echo(rule["conditions"]), PREDICATES),
        "actions": _members(rule["actions"], ACTIONS),
        "exceptions": _members(_echo(rule["exceptions"]), PREDICATES),
    }
    return made | {name: part for name, part in parts.items() if part}


def _echo(predicates: dict[str, Any]) -> dict[str, Any]:
    """The documented example answers "adele" with "ADELE" (switch)."""
    if switches.value("rule_strings") != "upper":
        return predicates
    return {
        name: [word.upper() for word in value] if PREDICATES[name] == "words" else value
        for name, value in predicates.items()
    }


def _members(part: dict[str, Any], table: dict[str, Kind]) -> dict[str, Any]:
    """Unset members are left out; a switch shows them as null or as empty values."""
    how = switches.value("unset_members")
    if how == "omitted":
        return part
    unset = {name: None if how == "null" else _empty(kind) for name, kind in table.items()}
    return {**unset, **part}


def _empty(kind: Kind) -> Any:
    if kind == "flag":
        return False
    return [] if kind in ("words", "people") else None
