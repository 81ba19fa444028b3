"""An address that mail is sent on to, and what the university's policy makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.mailbox.forwarding import Policy, Verdict
from portal.mailbox.rules import Rule


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


def recipients(addresses: Iterable[str], policy: Policy) -> tuple[Recipient, ...]:
    """Each once."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.lower(), address)
    return tuple(Recipient(address, policy.verdict(address)) for address in first.values())


def addresses_of(rule: Rule) -> tuple[str, ...]:
    """As Microsoft has them; the name of those that Outlook took from the directory ("/o=…")."""
    return tuple(
        person.address if "@" in person.address or not person.name else person.name for person in rule.recipients
    )


def sent_to_by(rules: Iterable[Rule]) -> frozenset[str]:
    """In lower case, everybody to whom these rules send when they are on: Exchange counts them together."""
    return frozenset(address.lower() for rule in rules if rule.enabled for address in addresses_of(rule))
