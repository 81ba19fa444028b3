"""Starting, changing and stopping the forwarding, each as one change of one rule (docs/decisions/0040)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.changes.errors import ChangedMeanwhile
from portal.changes.models import Kind
from portal.changes.plans import Create, Delete, Edit, Intent, Plan, Switch, with_id
from portal.forwarding.target import moves_up, target_in
from portal.forwarding.wanted import SHOWN, Wanted, is_as_made_here, rule_for
from portal.graph.rules import StoredRule
from portal.mailbox.forwarding import Policy
from portal.mailbox.rules import Rule


@dataclass(frozen=True)
class Seen:
    """The rule that a form was made from; both "" when there was none."""

    rule_id: str
    digest: str


@dataclass(frozen=True)
class Start(Create):
    """Our rule made anew, as long as there is still none to change. Raises ChangedMeanwhile with the one there is."""

    def intent(self, rules: Sequence[StoredRule]) -> Intent:
        there = target_in(rules)
        if there is not None:
            raise ChangedMeanwhile(there)
        return super().intent(rules)


def forwarding_plan(wanted: Wanted, seen: Seen, rules: Sequence[StoredRule], policy: Policy) -> Plan:
    """What brings the forwarding from what the form saw to what is wanted."""
    if not seen.rule_id:
        return Start(rule_for(wanted, None, policy), kind=Kind.START_FORWARDING, first=True)
    there = with_id(rules, seen.rule_id)
    rule = rule_for(wanted, there.rule if there else _gone(seen.rule_id), policy)
    was_on = there is None or there.rule.enabled
    kind = Kind.CHANGE_FORWARDING if was_on else Kind.START_FORWARDING
    return Edit(rule, seen.digest, SHOWN, kind=kind, first=there is not None and moves_up(rules, there))


def stopping_plan(seen: Seen, rules: Sequence[StoredRule], policy: Policy) -> Plan:
    """What this site made is deleted, since it says nothing else; what was made or added elsewhere is switched off."""
    there = with_id(rules, seen.rule_id)
    if there is None or is_as_made_here(there.rule, policy):
        return Delete(seen.rule_id, seen.digest, kind=Kind.STOP_FORWARDING)
    return Switch(seen.rule_id, seen.digest, enabled=False, purpose=Kind.STOP_FORWARDING)


def _gone(rule_id: str) -> Rule:
    """In the place of a rule that is not there any more: the change is refused, or it was made by the same form."""
    return Rule(rule_id, "", 1, True, False, False)
