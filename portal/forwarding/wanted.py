"""What somebody wants of the forwarding, and the rule that does it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.forwarding.our_rule import is_ours, rule_name
from portal.mailbox.forwarding import Policy, Verdict
from portal.mailbox.rules import Address, Parts, Rule, Shown
from portal.mailbox.vocabulary import SENDING

# Everything else of a rule stays as it is: its name, its exceptions, its other actions.
SHOWN = Shown(actions=frozenset({*SENDING, "delete", "permanent_delete"}), settings=frozenset({"enabled"}))

# Mail that was forwarded here is not forwarded on: Exchange allows one hop, and two mailboxes could feed each other.
# https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
NO_LOOP = Parts(is_automatic_forward=True)


@dataclass(frozen=True)
class Wanted:
    """Where every message is to go, and whether it stays here too. Addresses are normalised, each once."""

    addresses: tuple[str, ...]
    keeps_copy: bool


def rule_for(wanted: Wanted, there: Rule | None, policy: Policy) -> Rule:
    """The rule `there` made into what is wanted, or a new one of ours."""
    rule = there or Rule("", rule_name(), 1, True, False, False, exceptions=NO_LOOP)
    shown = {name: _people(name, wanted, rule.actions, policy) for name in SENDING}
    rest = rule.actions.without(*SHOWN.actions)
    return replace(rule, enabled=True, actions=Parts({**rest, **shown, "delete": not wanted.keeps_copy}))


def is_as_made_here(rule: Rule, policy: Policy) -> bool:
    """Whether the rule is ours and says just what this site would make it say: nobody added anything elsewhere.

    On or off, and wherever it stands. Graph puts names to addresses, and Exchange compares them without case.
    """
    if not is_ours(rule.name) or rule.unknown:
        return False
    addresses = tuple(dict.fromkeys(person.address.lower() for person in rule.recipients))
    made = rule_for(Wanted(addresses, rule.keeps_copy), None, policy)
    same_parts = (rule.conditions, rule.exceptions) == (made.conditions, made.exceptions)
    return same_parts and _without_names(rule.actions) == _without_names(made.actions)


def _without_names(actions: Parts) -> dict[str, object]:
    people = {name: {person.address.lower() for person in actions.people(name)} for name in SENDING if name in actions}
    return {**actions, **people}


def typed_nowhere(rule: Rule) -> tuple[Address, ...]:
    """Recipients that Outlook took from the directory and that have no mail address; a change leaves them."""
    return tuple(person for person in rule.recipients if "@" not in person.address)


def _people(name: str, wanted: Wanted, there: Parts, policy: Policy) -> tuple[Address, ...]:
    """Who was there already stays in the action it is in, whoever is new comes into the one for its side."""
    known = {person.address.lower() for action in SENDING for person in there.people(action)}
    stay = {address.lower() for address in wanted.addresses}
    kept = [person for person in there.people(name) if "@" not in person.address or person.address.lower() in stay]
    new = [Address(address) for address in wanted.addresses if address.lower() not in known]
    return (*kept, *(person for person in new if _action(person.address, policy) == name))


def _action(address: str, policy: Policy) -> str:
    """Inside, a redirected message keeps its sender; outside it would fail the sender's DMARC, so it is forwarded.

    https://learn.microsoft.com/exchange/reference/sender-rewriting-scheme
    """
    return "redirect_to" if policy.verdict(address) is Verdict.INSIDE else "forward_to"
