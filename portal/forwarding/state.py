"""The forwarding of a mailbox as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from portal.changes.journal import new_ticket
from portal.forwarding.change import (
    can_be_changed,
    find_target,
    get_rule_names,
    is_site_rule,
    is_unchanged_site_rule,
    list_addresses,
)
from portal.graph.rules import StoredRule
from portal.mailbox.forwarding import Forwarding, Policy, Verdict, find_forwarding
from portal.mailbox.rules import Parts, Rule


@dataclass(frozen=True)
class Recipient:
    address: str
    verdict: Verdict

    @property
    def inside(self) -> bool:
        return self.verdict is Verdict.INSIDE

    @property
    def blocked(self) -> bool:
        return self.verdict is Verdict.BLOCKED


def judge_recipients(addresses: Iterable[str], policy: Policy) -> tuple[Recipient, ...]:
    """Each once."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.lower(), address)
    return tuple(Recipient(address, policy.judge(address)) for address in first.values())


@dataclass(frozen=True)
class ForwardingRow:
    """One rule, its number in the list of rules, and a ticket for the form that stops it."""

    number: int
    stored: StoredRule
    recipients: tuple[Recipient, ...]
    ticket: str = field(default_factory=new_ticket)

    @property
    def rule(self) -> Rule:
        return self.stored.rule

    @property
    def is_site_rule(self) -> bool:
        return is_site_rule(self.rule)

    @property
    def can_be_changed(self) -> bool:
        return can_be_changed(self.rule)

    @property
    def ends_by_deletion(self) -> bool:
        """Stopping it deletes it, rather than turning it off."""
        return is_unchanged_site_rule(self.rule, settings.SERVICE.policy)

    @property
    def was_changed_elsewhere(self) -> bool:
        return self.is_site_rule and not self.ends_by_deletion

    @property
    def blocked(self) -> tuple[Recipient, ...]:
        return tuple(each for each in self.recipients if each.blocked)

    @property
    def outside(self) -> bool:
        return any(not each.inside for each in self.recipients)

    @property
    def exceptions_only(self) -> Rule:
        """The rule without what the page says in other places."""
        return replace(self.rule, conditions=Parts(), actions=Parts())


@dataclass(frozen=True)
class Overview:
    """`target` is the rule that the form changes; `hidden` counts the rules that only Outlook can show."""

    forwarding: Forwarding
    on: tuple[ForwardingRow, ...]
    off: tuple[ForwardingRow, ...]
    conditional: tuple[ForwardingRow, ...]
    recipients: tuple[Recipient, ...]
    cut_off_by: ForwardingRow | None
    target: StoredRule | None
    hidden: int

    @property
    def only(self) -> ForwardingRow | None:
        """The one rule that forwards, when it is one."""
        return self.on[0] if len(self.on) == 1 else None

    @property
    def blocked(self) -> tuple[Recipient, ...]:
        return tuple(each for each in self.recipients if each.blocked)

    @property
    def failing(self) -> tuple[ForwardingRow, ...]:
        """Rules that Microsoft has marked as in error."""
        return tuple(row for row in self.on if row.rule.has_error)

    @property
    def cut_off(self) -> bool:
        """No message reaches the forwarding."""
        above = self.cut_off_by
        return above is not None and above.rule.takes_everything and not above.rule.spares_some

    @property
    def changes(self) -> bool:
        """The form changes the forwarding that is on, rather than starting one."""
        return self.target is not None and self.target.rule.enabled

    @property
    def can_move_up(self) -> bool:
        """The change puts the forwarding above the rule that cuts it off."""
        return self.target is not None and not self.target.rule.stops

    @property
    def deleted_for_good(self) -> bool:
        return any(row.rule.actions.get("permanent_delete") for row in self.on)

    @property
    def outside(self) -> bool:
        return any(not each.inside for each in self.recipients)

    @property
    def headline(self) -> str:
        """Which sentence stands under the h1."""
        if not self.on:
            return "off"
        if self.cut_off or len(self.failing) == len(self.on):
            return "broken"
        if self.blocked:
            return "refused" if len(self.blocked) == len(self.recipients) else "partly-refused"
        return "outside" if self.outside else "inside"


def make_overview(rules: Sequence[StoredRule]) -> Overview:
    """All of the rules of the mailbox, in order, made into what the page shows."""
    forwarding = find_forwarding([stored.rule for stored in rules], get_rule_names())
    return Overview(
        forwarding=forwarding,
        on=_make_rows(rules, forwarding.rules),
        off=_make_rows(rules, forwarding.off),
        conditional=_make_rows(rules, forwarding.conditional),
        recipients=judge_recipients(
            (to for rule in forwarding.rules for to in list_addresses(rule)), settings.SERVICE.policy
        ),
        cut_off_by=next(iter(_make_rows(rules, [forwarding.cut_off_by])), None),
        target=find_target(rules),
        hidden=sum(stored.rule.hidden for stored in rules),
    )


def _make_rows(rules: Sequence[StoredRule], wanted: Sequence[Rule | None]) -> tuple[ForwardingRow, ...]:
    return tuple(
        ForwardingRow(number, stored, judge_recipients(list_addresses(stored.rule), settings.SERVICE.policy))
        for number, stored in enumerate(rules, start=1)
        if stored.rule in wanted
    )
