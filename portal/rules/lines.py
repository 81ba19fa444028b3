"""The list of rules as it stands on the page: one line a rule, with what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.changes.journal import new_ticket
from portal.graph.rules import StoredRule
from portal.mailbox.folders import Tree
from portal.mailbox.forwarding import Policy, find_forwarding
from portal.mailbox.rules import Rule
from portal.mailbox.suspicion import is_suspicious
from portal.rules.converters import RuleId
from portal.rules.fields import has_other_parts

FOLDER_ACTIONS = ("move_to_folder", "copy_to_folder")


@dataclass(frozen=True)
class Line:
    """One rule of the list.

    `number` counts from 1; `cut_by` is the number of the rule that keeps mail from this one; `is_end`: no mail gets
    past this rule, and there are rules below; `ours`: the forwarding that this site made; `outside`: it sends to
    addresses outside; `blocked` are those that the mail service returns; `lost_folder`: it names a folder that is not
    there; `has_more`: it has parts that only Outlook can change; `suspicious`: it hides mail as an intruder's rule
    does; `ticket` is for the button that switches it.
    """

    number: int
    stored: StoredRule
    cut_by: int | None
    is_end: bool
    ours: bool
    outside: bool
    blocked: tuple[str, ...]
    lost_folder: bool
    has_more: bool
    suspicious: bool
    ticket: str = field(default_factory=new_ticket)

    @property
    def rule(self) -> Rule:
        return self.stored.rule

    @property
    def key(self) -> str:
        """The rule in its addresses; to ask Django for each of them would take a tenth of the list's time."""
        return RuleId().to_url(self.rule.id)

    @property
    def is_unusual(self) -> bool:
        """There is more to say about it than its sentence."""
        rule = self.rule
        marked = not rule.enabled or rule.read_only or rule.has_error
        return bool(
            marked or self.ours or self.outside or self.blocked or self.has_more or self.cut_by or self.suspicious
        )


def lines(rules: Sequence[StoredRule], tree: object, policy: Policy, rule_names: Iterable[str]) -> tuple[Line, ...]:
    """The lines in order. `rule_names` are those of the site's own forwarding rule; `tree` is a Tree, or not known."""
    end = next((place for place, stored in enumerate(rules, start=1) if ends(stored.rule)), None)
    ours = find_forwarding((stored.rule for stored in rules), rule_names).own_rule

    def line(number: int, stored: StoredRule) -> Line:
        addresses = tuple(person.address for person in stored.rule.recipients)
        return Line(
            number=number,
            stored=stored,
            cut_by=end if end and end < number else None,
            is_end=number == end and end < len(rules),
            ours=stored.rule is ours,
            outside=bool(policy.find_outside(addresses)),
            blocked=policy.find_blocked(addresses),
            lost_folder=stored.rule.has_error and _is_lost(stored.rule, tree),
            has_more=has_other_parts(stored.rule),
            suspicious=is_suspicious(stored.rule, tree if isinstance(tree, Tree) else None),
        )

    return tuple(line(number, stored) for number, stored in enumerate(rules, start=1))


def ends(rule: Rule) -> bool:
    """Whether no message gets past this rule."""
    works = rule.enabled and not rule.has_error
    return works and rule.stops and rule.takes_everything and not rule.spares_some


def _is_lost(rule: Rule, tree: object) -> bool:
    """Whether it names a folder that is not there."""
    if not isinstance(tree, Tree):
        return False
    named = (rule.actions.get_text(name) for name in FOLDER_ACTIONS)
    return any(folder and not tree.get_path(folder) for folder in named)
