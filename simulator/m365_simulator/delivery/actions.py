"""The eleven actions of an inbox rule, and what becomes of a message under them.

https://learn.microsoft.com/graph/api/resources/messageruleactions
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from m365_simulator import switches
from m365_simulator.mailbox.mailbox import Mailbox

KINDS = {
    "forwardTo": "forward",
    "forwardAsAttachmentTo": "attachment",
    "redirectTo": "redirect",
}


@dataclass
class Outcome:
    """Where a message will lie, how, and who else gets it; `outgoing` is (kind, address)."""

    mailbox: Mailbox
    folder: str
    importance: str
    categories: list[str]
    moved: bool = False
    gone: bool = False
    read: bool = False
    stopped: bool = False
    copies: list[str] = field(default_factory=list)
    outgoing: list[tuple[str, str]] = field(default_factory=list)

    def apply(self, actions: dict[str, Any]) -> None:
        """All actions of one rule, in the order of ACTIONS, however they were written."""
        for name, act in ACTIONS.items():
            if name in actions:
                act(self, actions[name])
        self.outgoing += [(KINDS[name], address) for name, address in list_forwardees(actions)]

    def move(self, folder: str) -> None:
        """A second move is a copy: the message lies where the first one put it."""
        if self.moved:
            self.copies.append(folder)
        else:
            self.folder, self.moved = folder, True

    def admits(self, rule: dict[str, Any]) -> bool:
        """Off, in error, read-only (its parts are unknown here), too many forwardees: not applied.

        The limits page says "more than 10" of one rule; the page about forwards that do not work
        says "10 or more"; the servers that one can look into count over all rules (switches).
        """
        held_back = rule["isReadOnly"] or self.mailbox.in_error(rule)
        earlier = len(self.outgoing) if switches.value("forwardees_counted") == "per_message" else 0
        added = len(list_forwardees(rule["actions"]))
        too_many = added > 0 and earlier + added > int(switches.value("forwardee_limit"))
        return rule["isEnabled"] and not held_back and not too_many


def list_forwardees(actions: dict[str, Any]) -> list[tuple[str, str]]:
    """Action and address of everybody a rule sends on to."""
    return [(name, person["emailAddress"]["address"]) for name in KINDS for person in actions.get(name, [])]


def _move(outcome: Outcome, folder: str) -> None:
    outcome.move(folder)


def _copy(outcome: Outcome, folder: str) -> None:
    outcome.copies.append(folder)


def _delete(outcome: Outcome, _: Any) -> None:
    """To Deleted Items: a move like any other."""
    outcome.move(outcome.mailbox.folder("deleteditems").id)


def _permanent_delete(outcome: Outcome, _: Any) -> None:
    """Copies that a rule made stay."""
    outcome.gone = True


def _mark_as_read(outcome: Outcome, _: Any) -> None:
    outcome.read = True


def _mark_importance(outcome: Outcome, importance: str) -> None:
    outcome.importance = importance


def _assign_categories(outcome: Outcome, words: list[str]) -> None:
    outcome.categories += [word for word in words if word not in outcome.categories]


def _stop(outcome: Outcome, _: Any) -> None:
    outcome.stopped = True


ACTIONS: dict[str, Callable[[Outcome, Any], None]] = {
    "assignCategories": _assign_categories,
    "markImportance": _mark_importance,
    "markAsRead": _mark_as_read,
    "copyToFolder": _copy,
    "moveToFolder": _move,
    "delete": _delete,
    "permanentDelete": _permanent_delete,
    "stopProcessingRules": _stop,
}
