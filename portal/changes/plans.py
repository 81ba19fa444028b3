"""What somebody wants of a mailbox's rules: how to check it, how to write it, how to see that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from portal.changes.errors import ChangedMeanwhile, Gone
from portal.changes.models import Kind
from portal.graph import rule_writes
from portal.graph.client import Graph
from portal.graph.errors import ReadOnlyRule, Trace
from portal.graph.rules import StoredRule, lay_over, to_json
from portal.mailbox.rules import Rule, Shown

FIRST = {"sequence": 1}


@dataclass(frozen=True)
class Intent:
    """What will be sent, and about which rule ("" for a new one); `body` is None for a deletion."""

    rule_id: str
    before: dict[str, Any] | None
    body: dict[str, Any] | None


class Plan(Protocol):
    """One thing to do."""

    @property
    def kind(self) -> Kind: ...

    def intent(self, rules: Sequence[StoredRule]) -> Intent:
        """What to send, given the rules as they are. Raises ChangedMeanwhile, Gone, ReadOnlyRule."""

    def write(self, graph: Graph, intent: Intent, rules: Sequence[StoredRule]) -> None:
        """Send it. Raises GraphProblem, Doubtful among them."""


@dataclass(frozen=True)
class Create:
    """A new rule; with `first` it is moved above all others, since Microsoft ignores the place on creation.

    https://learn.microsoft.com/graph/api/mailfolder-post-messagerules
    """

    rule: Rule
    kind: Kind = Kind.CREATE_RULE
    first: bool = False

    def intent(self, rules: Sequence[StoredRule]) -> Intent:
        return Intent("", None, to_json(self.rule))

    def write(self, graph: Graph, intent: Intent, rules: Sequence[StoredRule]) -> None:
        created = rule_writes.create_rule(graph, intent.body or {})
        if self.first and any(other.rule.sequence <= created.rule.sequence for other in rules):
            rule_writes.change_rule(graph, created.rule.id, FIRST)


@dataclass(frozen=True)
class Edit:
    """What a form shows of a rule, laid over the rule as it is now. `digest` is of the rule the form was made from."""

    rule: Rule
    digest: str
    shown: Shown
    kind: Kind = Kind.CHANGE_RULE
    first: bool = False

    def intent(self, rules: Sequence[StoredRule]) -> Intent:
        there = unchanged(rules, self.rule.id, self.digest)
        return Intent(self.rule.id, there.raw, lay_over(there.raw, self.rule, self.shown))

    def write(self, graph: Graph, intent: Intent, rules: Sequence[StoredRule]) -> None:
        if intent.body:
            rule_writes.change_rule(graph, intent.rule_id, intent.body)
        if self.first and not is_first(rules, intent.rule_id):
            rule_writes.change_rule(graph, intent.rule_id, FIRST)


@dataclass(frozen=True)
class Switch:
    """On or off, which is safe for a rule with parts that nobody here understands."""

    rule_id: str
    digest: str
    enabled: bool
    purpose: Kind | None = None

    @property
    def kind(self) -> Kind:
        return self.purpose or (Kind.TURN_ON if self.enabled else Kind.TURN_OFF)

    def intent(self, rules: Sequence[StoredRule]) -> Intent:
        return Intent(self.rule_id, unchanged(rules, self.rule_id, self.digest).raw, {"isEnabled": self.enabled})

    def write(self, graph: Graph, intent: Intent, rules: Sequence[StoredRule]) -> None:
        rule_writes.change_rule(graph, intent.rule_id, intent.body or {})


@dataclass(frozen=True)
class Delete:
    """A rule away."""

    rule_id: str
    digest: str
    kind: Kind = Kind.DELETE_RULE

    def intent(self, rules: Sequence[StoredRule]) -> Intent:
        return Intent(self.rule_id, unchanged(rules, self.rule_id, self.digest).raw, None)

    def write(self, graph: Graph, intent: Intent, rules: Sequence[StoredRule]) -> None:
        rule_writes.delete_rule(graph, intent.rule_id)


def with_id(rules: Sequence[StoredRule], rule_id: str) -> StoredRule | None:
    return next((stored for stored in rules if stored.rule.id == rule_id), None)


def is_first(rules: Sequence[StoredRule], rule_id: str) -> bool:
    """Whether no other rule stands at or above this one's place."""
    own = with_id(rules, rule_id)
    return own is not None and all(
        own.rule.sequence < other.rule.sequence for other in rules if other.rule.id != rule_id
    )


def unchanged(rules: Sequence[StoredRule], rule_id: str, digest: str) -> StoredRule:
    """The rule, if it is still what the form was made from. Raises Gone, ReadOnlyRule, ChangedMeanwhile."""
    there = with_id(rules, rule_id)
    if there is None:
        raise Gone
    if there.rule.read_only:
        raise ReadOnlyRule(Trace())
    if there.digest != digest:
        raise ChangedMeanwhile(there)
    return there
