"""What somebody wants of a mailbox's rules, and what has to be sent for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from portal.changes.errors import ChangedMeanwhile, RuleGone, SameRuleExists
from portal.changes.journal import Kind
from portal.graph.errors import ReadOnlyRule, Trace
from portal.graph.rule_json import encode_rule, make_patch
from portal.graph.rules import StoredRule, digest_rule
from portal.mailbox.rules import FormFields, Rule


@dataclass(frozen=True)
class Intent:
    """What will be sent, and about which rule ("" for a new one); `body` is None for a deletion."""

    rule_id: str
    before: dict[str, Any] | None
    body: dict[str, Any] | None


class ChangeRequest(Protocol):
    """One thing to do."""

    @property
    def kind(self) -> Kind: ...

    @property
    def first(self) -> bool:
        """Whether the rule belongs above all others."""

    def make_intent(self, rules: Sequence[StoredRule]) -> Intent:
        """What to send, given the rules. Raises ChangedMeanwhile, SameRuleExists, RuleGone, ReadOnlyRule."""


@dataclass(frozen=True)
class CreateRule:
    """A new rule, unless one is there that says just the same: the journal may have been lost, and not the rule."""

    rule: Rule
    kind: Kind = Kind.CREATE_RULE
    first: bool = False

    def make_intent(self, rules: Sequence[StoredRule]) -> Intent:
        body = encode_rule(self.rule)
        twin = next((stored for stored in rules if stored.digest == digest_rule(body)), None)
        if twin:
            raise SameRuleExists(twin)
        return Intent("", None, body)


@dataclass(frozen=True)
class EditRule:
    """What a form shows of a rule, laid over the rule as it is now. `digest` is of the rule the form was made from."""

    rule: Rule
    digest: str
    shown: FormFields
    kind: Kind = Kind.CHANGE_RULE
    first: bool = False

    def make_intent(self, rules: Sequence[StoredRule]) -> Intent:
        there = require_unchanged(rules, self.rule.id, self.digest)
        return Intent(self.rule.id, there.raw, make_patch(there.raw, self.rule, self.shown))


@dataclass(frozen=True)
class SwitchRule:
    """On or off, which is safe for a rule with parts that nobody here understands."""

    rule_id: str
    digest: str
    enabled: bool
    purpose: Kind | None = None
    first: bool = False

    @property
    def kind(self) -> Kind:
        return self.purpose or (Kind.TURN_ON if self.enabled else Kind.TURN_OFF)

    def make_intent(self, rules: Sequence[StoredRule]) -> Intent:
        return Intent(
            self.rule_id, require_unchanged(rules, self.rule_id, self.digest).raw, {"isEnabled": self.enabled}
        )


@dataclass(frozen=True)
class DeleteRule:
    """A rule away."""

    rule_id: str
    digest: str
    kind: Kind = Kind.DELETE_RULE
    first: bool = False

    def make_intent(self, rules: Sequence[StoredRule]) -> Intent:
        return Intent(self.rule_id, require_unchanged(rules, self.rule_id, self.digest).raw, None)


def find_rule(rules: Sequence[StoredRule], rule_id: str) -> StoredRule | None:
    return next((stored for stored in rules if stored.rule.id == rule_id), None)


def require_unchanged(rules: Sequence[StoredRule], rule_id: str, digest: str) -> StoredRule:
    """The rule, if it is still what the form was made from. Raises RuleGone, ReadOnlyRule, ChangedMeanwhile."""
    there = find_rule(rules, rule_id)
    if there is None:
        raise RuleGone
    if there.rule.read_only:
        raise ReadOnlyRule(Trace())
    if there.digest != digest:
        raise ChangedMeanwhile(there)
    return there
