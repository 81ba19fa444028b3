"""A rule as Graph writes it."""

from dataclasses import dataclass
from typing import Any

from m365_simulator import switches
from m365_simulator.graph.odata.row import ABSENT
from m365_simulator.graph.odata.writing import Bare
from m365_simulator.graph.vocabulary import ACTIONS, MESSAGE_RULE, PREDICATES, Entity, Kind
from m365_simulator.mailbox.mailbox import Mailbox

PARTS: dict[str, dict[str, Kind]] = {"conditions": PREDICATES, "exceptions": PREDICATES, "actions": ACTIONS}


@dataclass(frozen=True)
class RuleRow(Bare):
    """A read-only rule comes without conditions, actions and exceptions; others without empty ones."""

    mailbox: Mailbox
    rule: dict[str, Any]
    entity: Entity = MESSAGE_RULE

    def value(self, name: str) -> Any:
        if name == "hasError":
            return self.mailbox.in_error(self.rule)
        return self._part(name) if name in PARTS else self.rule[name]

    def _part(self, name: str) -> Any:
        if self.rule["isReadOnly"]:
            return ABSENT
        part = self.rule[name] if name == "actions" else _echo(self.rule[name])
        return _members(part, PARTS[name]) or ABSENT


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
