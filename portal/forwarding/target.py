"""Which rule a change of the forwarding is made to (docs/decisions/0040), and where that rule then stands."""

from __future__ import annotations

from collections.abc import Sequence

from portal.forwarding.our_rule import is_ours
from portal.graph.rules import StoredRule
from portal.mailbox.rules import Rule


def target_in(rules: Sequence[StoredRule]) -> StoredRule | None:
    """Ours if it is on, else the only other forwarding that is on, else ours that is off; None: ours is made anew."""
    able = [stored for stored in rules if can_be_changed(stored.rule)]
    on = [stored for stored in able if stored.rule.enabled]
    ours = [stored for stored in able if is_ours(stored.rule.name)]
    alone = on if len(on) == 1 else []
    return next(iter([*(each for each in ours if each in on), *alone, *ours]), None)


def can_be_changed(rule: Rule) -> bool:
    """It forwards every message, and not only Outlook can change it."""
    return rule.sends and rule.takes_everything and not rule.read_only


def moves_up(rules: Sequence[StoredRule], target: StoredRule | None) -> bool:
    """Whether the change puts the rule above all others.

    Ours belongs there. Another goes there only when it is cut off where it is, and never when it stops the rules below.
    """
    if target is None:
        return True
    needed = is_ours(target.rule.name) or stopping_above(rules, target) is not None
    return needed and not target.rule.stops


def stopping_above(rules: Sequence[StoredRule], target: StoredRule) -> Rule | None:
    """The first rule that is on, stands above and stops the rules below it."""
    for stored in rules:
        if stored.rule.id == target.rule.id:
            return None
        if stored.rule.enabled and stored.rule.stops:
            return stored.rule
    return None
