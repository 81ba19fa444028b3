"""An inbox rule, and what can be said about it without asking anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.mailbox.values import Address, Parts, SizeRange, Value
from portal.mailbox.vocabulary import SENDING

__all__ = ["Address", "FormFields", "Parts", "Rule", "SizeRange", "Value", "sort_rules"]

NO_PARTS = Parts()


@dataclass(frozen=True)
class Rule:
    """One rule as Microsoft keeps it.

    `sequence` orders the rules, lowest first. `unknown` holds the places of what is set outside the vocabulary, as
    "conditions.somethingNew" in Microsoft's spelling.
    """

    id: str
    name: str
    sequence: int
    enabled: bool
    has_error: bool
    read_only: bool
    conditions: Parts = NO_PARTS
    exceptions: Parts = NO_PARTS
    actions: Parts = NO_PARTS
    unknown: frozenset[str] = frozenset()

    @property
    def hidden(self) -> bool:
        """Only Outlook shows what it does: Graph lists such a rule without its contents."""
        return self.read_only and not (self.conditions or self.exceptions or self.actions or self.unknown)

    @property
    def takes_everything(self) -> bool:
        """It has no condition that would spare a message. Exceptions may still spare some."""
        if self.hidden or self.conditions:
            return False
        return not any(place.startswith("conditions.") for place in self.unknown)

    @property
    def spares_some(self) -> bool:
        """It has exceptions, known or unknown."""
        return bool(self.exceptions) or any(place.startswith("exceptions.") for place in self.unknown)

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody it sends to: forwarded, as an attachment, or redirected."""
        return tuple(person for name in SENDING for person in self.actions.get_people(name))

    @property
    def sends(self) -> bool:
        return bool(self.recipients)

    @property
    def keeps_copy(self) -> bool:
        """The message stays in the mailbox, wherever it is moved, unless the rule deletes it."""
        return not (self.actions.get("delete") or self.actions.get("permanent_delete"))

    @property
    def stops(self) -> bool:
        return bool(self.actions.get("stop_processing_rules"))


@dataclass(frozen=True)
class FormFields:
    """Which parts of a rule a form shows, by name; what it shows is the form's to set and to empty.

    `settings` may hold "name", "enabled" and "sequence".
    """

    conditions: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset({"name", "enabled"})


def sort_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules as Microsoft runs them; those of one sequence as they came."""
    return tuple(sorted(rules, key=lambda rule: rule.sequence))
