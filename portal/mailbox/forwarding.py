"""Forwarding as the rules show it, and what the university allows of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from portal.mailbox.addresses import is_inside
from portal.mailbox.rules import Rule, sort_rules


@dataclass(frozen=True)
class Forwarding:
    """What happens to all of the mail, and to some of it.

    `rules` send everything on and are enabled, `off` would if they were, `conditional` (enabled) send some.
    `addresses` are those of `rules`, each once. `keeps_copy` is None when nothing is forwarded. `site_rule` is the
    one that this site made, enabled or not. `cut_off_by` is the first enabled rule that stops the rules below it and
    stands above the site rule, or above the first of `rules` when the site rule is none of them; it stops every message
    if it `takes_everything`, else some.
    """

    rules: tuple[Rule, ...] = ()
    off: tuple[Rule, ...] = ()
    conditional: tuple[Rule, ...] = ()
    addresses: tuple[str, ...] = ()
    keeps_copy: bool | None = None
    cut_off_by: Rule | None = None
    site_rule: Rule | None = None


def find_forwarding(rules: Iterable[Rule], rule_names: Iterable[str]) -> Forwarding:
    """The forwarding in a mailbox's rules; `rule_names` are the display names that the site rule may have."""
    ordered = sort_rules(rules)
    sending = [rule for rule in ordered if rule.sends]
    everything = tuple(rule for rule in sending if rule.takes_everything and rule.enabled)
    site_rule = _find_site_rule(ordered, rule_names)
    forwards = site_rule if site_rule in everything else next(iter(everything), None)
    return Forwarding(
        rules=everything,
        off=tuple(rule for rule in sending if rule.takes_everything and not rule.enabled),
        conditional=tuple(rule for rule in sending if not rule.takes_everything and rule.enabled),
        addresses=_drop_repeats(person.address or person.name for rule in everything for person in rule.recipients),
        keeps_copy=_keeps_copy(ordered) if everything else None,
        cut_off_by=_find_stopping_above(forwards, ordered),
        site_rule=site_rule,
    )


class Outside(Enum):
    """What the tenant does with mail that a rule sends outside; the values are those of the service file."""

    BLOCKED = "blocked"
    ALLOWED = "allowed"
    DOMAINS = "domains"


class Verdict(Enum):
    """What becomes of mail that a rule sends to an address."""

    INSIDE = "inside"
    ALLOWED = "allowed"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Policy:
    """The university's rules for forwarding. Domains cover their subdomains."""

    outside: Outside
    own_domains: tuple[str, ...]
    allowed_domains: tuple[str, ...]
    most_addresses: int

    def judge(self, address: str) -> Verdict:
        """An address without @ names an entry of the university's own directory, so it is inside."""
        if "@" not in address or is_inside(address, self.own_domains):
            return Verdict.INSIDE
        if self.outside is Outside.DOMAINS:
            return Verdict.ALLOWED if is_inside(address, self.allowed_domains) else Verdict.BLOCKED
        return Verdict.ALLOWED if self.outside is Outside.ALLOWED else Verdict.BLOCKED

    def find_blocked(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """Those of the addresses that Microsoft would bounce."""
        return tuple(address for address in addresses if self.judge(address) is Verdict.BLOCKED)

    def find_outside(self, addresses: Iterable[str]) -> frozenset[str]:
        """Those of the addresses that are outside the university, in lower case."""
        return frozenset(each.lower() for each in addresses if self.judge(each) is not Verdict.INSIDE)

    def are_too_many(self, addresses: Iterable[str]) -> bool:
        """Whether Microsoft might not apply a rule that sends to all of these."""
        return len(_drop_repeats(addresses)) > self.most_addresses


def _find_site_rule(ordered: Iterable[Rule], rule_names: Iterable[str]) -> Rule | None:
    """The rule with such a name that sends, else any with such a name; one that only Outlook can change never is."""
    names = {name.strip() for name in rule_names}
    named = [rule for rule in ordered if rule.name.strip() in names and not rule.read_only]
    return next((rule for rule in named if rule.sends), next(iter(named), None))


def _drop_repeats(addresses: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.lower(), address)
    return tuple(first.values())


def _keeps_copy(ordered: Iterable[Rule]) -> bool:
    """Whether no rule deletes every message; rules below one that stops everything are never reached."""
    for rule in ordered:
        if not (rule.enabled and rule.takes_everything):
            continue
        if not rule.keeps_copy:
            return False
        if rule.stops and not rule.spares_some:
            return True
    return True


def _find_stopping_above(rule: Rule | None, ordered: Iterable[Rule]) -> Rule | None:
    """The first enabled rule above this one after which Microsoft runs no other."""
    for above in ordered:
        if rule is None or above == rule:
            return None
        if above.enabled and above.stops:
            return above
    return None
