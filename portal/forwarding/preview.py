"""What the page for checking the answers shows: the mailbox as it would be after the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.forwarding.change import (
    SHOWN,
    Wanted,
    moves_up,
    rule_for,
    sent_to_by,
    stopping_above,
    target_in,
    typed_nowhere,
)
from portal.forwarding.state import Line, Overview, Recipient, overview_of, recipients
from portal.graph.rules import StoredRule
from portal.mailbox.rules import Parts, Rule
from portal.service import policy

NEW = "new"


@dataclass(frozen=True)
class Preview:
    """`after` is the state that the change would make; `target` the rule that it changes, None for a new one."""

    wanted: Wanted
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
    def others(self) -> tuple[Line, ...]:
        """Other rules that forward everything too, and go on doing so."""
        own = self.target.rule.id if self.target else NEW
        return tuple(line for line in self.after.on if line.rule.id != own)

    @property
    def deleted_elsewhere(self) -> bool:
        """A copy is wanted, and another rule deletes it."""
        return self.wanted.keeps_copy and self.after.forwarding.keeps_copy is False

    @property
    def stays(self) -> tuple[str, ...]:
        """Recipients from the directory whom the form cannot show."""
        return tuple(person.name or person.address for person in typed_nowhere(self.target.rule)) if self.target else ()

    @property
    def count(self) -> int:
        """Addresses in all rules together, then."""
        return len(sent_to_by(line.rule for line in (*self.after.on, *self.after.conditional)))

    @property
    def most(self) -> int:
        return policy().most_addresses

    @property
    def rest(self) -> Rule | None:
        """What the rule has besides and keeps: exceptions, other actions, unknown parts."""
        if self.target is None:
            return None
        rule = self.target.rule
        return replace(rule, conditions=Parts(), actions=rule.actions.without(*SHOWN.actions))


def preview_of(wanted: Wanted, rules: Sequence[StoredRule]) -> Preview:
    """The mailbox's rules, in order, as they are now; `wanted` is valid."""
    target = target_in(rules)
    past = stopping_above(rules, target) if target else next((s.rule for s in rules if _stops(s.rule)), None)
    return Preview(
        wanted=wanted,
        recipients=recipients(wanted.addresses, policy()),
        target=target,
        after=overview_of(_after(wanted, rules, target)),
        moves_past=past if moves_up(rules, target) else None,
    )


def _stops(rule: Rule) -> bool:
    return rule.enabled and rule.stops


def _after(wanted: Wanted, rules: Sequence[StoredRule], target: StoredRule | None) -> list[StoredRule]:
    """The rules with the change made, in their order then."""
    made = rule_for(wanted, target.rule if target else None, policy())
    stored = replace(target, rule=made) if target else StoredRule(replace(made, id=NEW), {}, "")
    if moves_up(rules, target):
        return [_at_the_top(stored, rules), *(each for each in rules if each is not target)]
    return [stored if each is target else each for each in rules]


def _at_the_top(stored: StoredRule, rules: Sequence[StoredRule]) -> StoredRule:
    lowest = min((each.rule.sequence for each in rules), default=1)
    return replace(stored, rule=replace(stored.rule, sequence=lowest - 1))
