"""What a person should look at, gathered from the parts of the home page."""

from __future__ import annotations

from dataclasses import dataclass

from portal.forwarding.overview import Line as ForwardingLine
from portal.home.mailbox_state import MailboxState
from portal.quota.gauge import Gauge
from portal.rules.lines import Line as RuleLine

MOST_RULES = 5


@dataclass(frozen=True)
class Look:
    """False when there is nothing to look at.

    `forwards_nothing`: forwarding is on and no mail gets that far. `refuses`: the university does not let mail out to
    an address of it. `refused_rules` send some of the mail to such an address. `more` rules are not listed.
    """

    full: bool = False
    nearly_full: bool = False
    forwards_nothing: bool = False
    refuses: bool = False
    refused_rules: tuple[ForwardingLine, ...] = ()
    broken_rules: tuple[RuleLine, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return self != Look()


def look(mailbox: MailboxState, gauge: Gauge | None) -> Look:
    """`gauge` is None when the space was not measured lately."""
    forwarding, rules = mailbox.forwarding, mailbox.rules
    refused = tuple(line for line in forwarding.conditional if line.blocked) if forwarding else ()
    broken = rules.broken if rules else ()
    listed = refused[:MOST_RULES], broken[:MOST_RULES]
    return Look(
        full=mailbox.full is True,
        nearly_full=gauge is not None and gauge.looks,
        forwards_nothing=forwarding is not None and forwarding.headline == "broken",
        refuses=forwarding is not None and bool(forwarding.blocked),
        refused_rules=listed[0],
        broken_rules=listed[1],
        more=len(refused) + len(broken) - len(listed[0]) - len(listed[1]),
    )
