"""The eleven actions of an inbox rule, and what becomes of a message under them.

https://learn.microsoft.com/graph/api/resources/messageruleactions
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.mailbox import Mailbox

# https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
FORWARDEES = 10
KINDS = {
    "forwardTo": "forward",
    "forwardAsAttachmentTo": "attachment",
    "redirectTo": "redirect",
}


@dataclass
class Fate:
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
        """All actions of one rule."""
        for name, value in actions.items():
            if name in KINDS:
                addresses = (person["emailAddress"]["address"] for person in value)
                self.outgoing += [(KINDS[name], address) for address in addresses]
            else:
                DOING[name](self, value)

    def move(self, folder: str) -> None:
        """A second move is a copy: the message lies where the first one put it."""
        if self.moved:
            self.copies.append(folder)
        else:
            self.folder, self.moved = folder, True


def can_run(mailbox: Mailbox, rule: dict[str, Any]) -> bool:
    """Off, in error, read-only (its parts are unknown here), too many forwardees: not applied."""
    forwardees = sum(len(rule["actions"].get(name, [])) for name in KINDS)
    held_back = rule["isReadOnly"] or mailbox.in_error(rule)
    return rule["isEnabled"] and not held_back and forwardees <= FORWARDEES


def _move(fate: Fate, folder: str) -> None:
    fate.move(folder)


def _copy(fate: Fate, folder: str) -> None:
    fate.copies.append(folder)


def _delete(fate: Fate, _: Any) -> None:
    """To Deleted Items: a move like any other."""
    fate.move(fate.mailbox.folder("deleteditems").id)


def _permanent_delete(fate: Fate, _: Any) -> None:
    """Copies that a rule made stay."""
    fate.gone = True


def _mark_as_read(fate: Fate, _: Any) -> None:
    fate.read = True


def _mark_importance(fate: Fate, importance: str) -> None:
    fate.importance = importance


def _assign_categories(fate: Fate, words: list[str]) -> None:
    fate.categories += [word for word in words if word not in fate.categories]


def _stop(fate: Fate, _: Any) -> None:
    fate.stopped = True


DOING: dict[str, Callable[[Fate, Any], None]] = {
    "assignCategories": _assign_categories,
    "copyToFolder": _copy,
    "delete": _delete,
    "markAsRead": _mark_as_read,
    "markImportance": _mark_importance,
    "moveToFolder": _move,
    "permanentDelete": _permanent_delete,
    "stopProcessingRules": _stop,
}
