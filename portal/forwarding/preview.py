"""What the page for checking the answers shows: the mailbox as it would be after the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from portal.forwarding.change import (
    FORM_FIELDS,
    WantedForwarding,
    collect_addresses,
    find_directory_recipients,
    find_stopping_rule_above,
    find_target,
    make_rule,
    moves_up,
)
from portal.forwarding.state import ForwardingRow, Overview, Recipient, judge_recipients, make_overview
from portal.graph.rules import StoredRule
from portal.mailbox.rules import Parts, Rule

NEW = "new"


@dataclass(frozen=True)
class Preview:
    """`after` is the state that the change would make; `target` the rule that it changes, None for a new one."""

    wanted: WantedForwarding
    recipients: tuple[Recipient, ...]
    target: StoredRule | None
    after: Overview
    moves_past: Rule | None

    @property
    def starts(self) -> bool:
        """Whether nothing is forwarded now, as far as this rule goes."""
        return self.target is None or not self.target.rule.enabled

    @property
    def button(self) -> str:
        """Which words stand on the button."""
        if not self.starts:
            return "change"
        return "start-one" if len(self.wanted.addresses) == 1 else "start-several"

    @property
    def outside(self) -> bool:
        return any(not each.inside for each in self.recipients)

    @property
    def inside(self) -> bool:
        return any(each.inside for each in self.recipients)

    @property
    def others(self) -> tuple[ForwardingRow, ...]:
        """Other rules that forward everything too, and go on doing so."""
        own = self.target.rule.id if self.target else NEW
        return tuple(row for row in self.after.on if row.rule.id != own)

    @property
    def deleted_elsewhere(self) -> bool:
        """A copy is wanted, and another rule deletes it."""
        return self.wanted.keeps_copy and self.after.forwarding.keeps_copy is False

    @property
    def from_directory(self) -> tuple[str, ...]:
        """Recipients from the directory whom the form cannot show."""
        return (
            tuple(person.name or person.address for person in find_directory_recipients(self.target.rule))
            if self.target
            else ()
        )

    @property
    def count(self) -> int:
        """Addresses in all rules together, then."""
        return len(collect_addresses(row.rule for row in (*self.after.on, *self.after.conditional)))

    @property
    def most(self) -> int:
        return settings.SERVICE.policy.most_addresses

    @property
    def rest(self) -> Rule | None:
        """What the rule has besides and keeps: exceptions, other actions, unknown parts."""
        if self.target is None:
            return None
        rule = self.target.rule
        return replace(rule, conditions=Parts(), actions=rule.actions.without(*FORM_FIELDS.actions))


def make_preview(wanted: WantedForwarding, rules: Sequence[StoredRule]) -> Preview:
    """The mailbox's rules, in order, as they are now; `wanted` is valid."""
    target = find_target(rules)
    past = find_stopping_rule_above(rules, target) if target else next((s.rule for s in rules if _stops(s.rule)), None)
    return Preview(
        wanted=wanted,
        recipients=judge_recipients(wanted.addresses, settings.SERVICE.policy),
        target=target,
        after=make_overview(_apply_change(wanted, rules, target)),
        moves_past=past if moves_up(rules, target) else None,
    )


def _stops(rule: Rule) -> bool:
    return rule.enabled and rule.stops


def _apply_change(wanted: WantedForwarding, rules: Sequence[StoredRule], target: StoredRule | None) -> list[StoredRule]:
    """The rules with the change made, in their order then."""
    made = make_rule(wanted, target.rule if target else None, settings.SERVICE.policy)
    stored = replace(target, rule=made) if target else StoredRule(replace(made, id=NEW), {}, "")
    if moves_up(rules, target):
        return [_move_to_top(stored, rules), *(each for each in rules if each is not target)]
    return [stored if each is target else each for each in rules]


def _move_to_top(stored: StoredRule, rules: Sequence[StoredRule]) -> StoredRule:
    lowest = min((each.rule.sequence for each in rules), default=1)
    return replace(stored, rule=replace(stored.rule, sequence=lowest - 1))
