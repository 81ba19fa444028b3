"""What the home page warns of, gathered from its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.forwarding.state import ForwardingRow
from portal.home.state import MailboxState
from portal.quota.figures import Gauge
from portal.rules.list import RuleRow

MOST_RULES = 5


@dataclass(frozen=True)
class Warnings:
    """False when there is nothing to warn of.

    `forwards_nothing`: forwarding is on and no mail gets that far. `refuses`: the university does not let mail out to
    an address of it. `suspicious_rules` hide mail, `refused_rules` send some of it to such an address, and
    `leaving_rules` to one outside that is allowed. `more` rules are not listed.
    """

    full: bool = False
    nearly_full: bool = False
    over: bool = False
    forwards_nothing: bool = False
    refuses: bool = False
    suspicious_rules: tuple[RuleRow, ...] = ()
    refused_rules: tuple[ForwardingRow, ...] = ()
    leaving_rules: tuple[ForwardingRow, ...] = ()
    broken_rules: tuple[RuleRow, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return self != Warnings()


def find_warnings(mailbox: MailboxState, gauge: Gauge | None) -> Warnings:
    """`gauge` is None when the space was not measured lately."""
    forwarding, rules = mailbox.forwarding, mailbox.rules
    some = forwarding.conditional if forwarding else ()
    suspicious = rules.suspicious if rules else ()
    refused = tuple(row for row in some if row.blocked)
    leaving = tuple(row for row in some if row.outside and not row.blocked)
    broken = rules.broken if rules else ()
    every: tuple[Sequence[object], ...] = (suspicious, refused, leaving, broken)
    return Warnings(
        full=mailbox.full is True,
        nearly_full=gauge is not None and gauge.headline == "nearly-full",
        over=gauge is not None and gauge.headline == "over",
        forwards_nothing=forwarding is not None and forwarding.headline == "broken",
        refuses=forwarding is not None and bool(forwarding.blocked),
        suspicious_rules=suspicious[:MOST_RULES],
        refused_rules=refused[:MOST_RULES],
        leaving_rules=leaving[:MOST_RULES],
        broken_rules=broken[:MOST_RULES],
        more=sum(max(0, len(each) - MOST_RULES) for each in every),
    )
