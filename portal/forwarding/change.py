"""Starting, changing and stopping the forwarding, each as one change of one rule (docs/decisions/0040)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.changes.carry_out import Outcome
from portal.changes.change_requests import (
    ChangeRequest,
    CreateRule,
    DeleteRule,
    EditRule,
    Intent,
    SwitchRule,
    find_rule,
)
from portal.changes.errors import ChangedMeanwhile
from portal.changes.journal import Kind
from portal.graph.rules import StoredRule
from portal.mailbox.forwarding import Policy, Verdict
from portal.mailbox.rules import Address, FormFields, Parts, Rule
from portal.mailbox.vocabulary import SENDING

# Everything else of a rule stays as it is: its name, its exceptions, its other actions.
FORM_FIELDS = FormFields(actions=frozenset({*SENDING, "delete", "permanent_delete"}), settings=frozenset({"enabled"}))

# Mail that was forwarded here is not forwarded on: Exchange allows one hop, and two mailboxes could feed each other.
# https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
NO_LOOP = Parts(is_automatic_forward=True)


def get_rule_name() -> str:
    """The display name that the site rule is made with."""
    return str(settings.SERVICE.forwarding.rule_name)


def get_rule_names() -> tuple[str, ...]:
    """The display names that it may have: today's first, then those that the service file had before."""
    return tuple(settings.SERVICE.forwarding.rule_names)


def is_site_rule(rule: Rule) -> bool:
    """Whether this site made it: the rule has one of its names."""
    return rule.name.strip() in [each.strip() for each in get_rule_names()]


def find_target(rules: Sequence[StoredRule]) -> StoredRule | None:
    """The rule that a form changes; None when a site rule is to be made.

    The site rule if it is on, else the only other forwarding that is on, else the site rule that is off.
    """
    able = [stored for stored in rules if can_be_changed(stored.rule)]
    on = [stored for stored in able if stored.rule.enabled]
    site_rules = [stored for stored in able if is_site_rule(stored.rule)]
    alone = on if len(on) == 1 else []
    return next(iter([*(each for each in site_rules if each in on), *alone, *site_rules]), None)


def can_be_changed(rule: Rule) -> bool:
    """It forwards every message, and not only Outlook can change it."""
    return rule.sends and rule.takes_everything and not rule.read_only


def list_addresses(rule: Rule) -> tuple[str, ...]:
    """As Microsoft has them; the name of those that Outlook took from the directory ("/o=…")."""
    return tuple(
        person.address if "@" in person.address or not person.name else person.name for person in rule.recipients
    )


def collect_addresses(rules: Iterable[Rule]) -> frozenset[str]:
    """In lower case, everybody to whom these rules send when they are on: Exchange counts them together."""
    return frozenset(address.lower() for rule in rules if rule.enabled for address in list_addresses(rule))


def find_outside_now(rules: Sequence[StoredRule], policy: Policy) -> frozenset[str]:
    """The addresses outside, in lower case, that the rule which is to be changed sends to now."""
    target = find_target(rules)
    if target is None or not target.rule.enabled:
        return frozenset()
    return policy.find_outside(person.address for person in target.rule.recipients)


def moves_up(rules: Sequence[StoredRule], target: StoredRule | None) -> bool:
    """Whether the change puts the rule above all others.

    The site rule belongs there. Another goes there only when it is cut off where it is, and never when it stops the
    rules below.
    """
    if target is None:
        return True
    needed = is_site_rule(target.rule) or find_stopping_rule_above(rules, target) is not None
    return needed and not target.rule.stops


def find_stopping_rule_above(rules: Sequence[StoredRule], target: StoredRule) -> Rule | None:
    """The first rule that is on, stands above and stops the rules below it."""
    for stored in rules:
        if stored.rule.id == target.rule.id:
            return None
        if stored.rule.enabled and stored.rule.stops:
            return stored.rule
    return None


@dataclass(frozen=True)
class WantedForwarding:
    """Where every message is to go, and whether it stays here too. Addresses are normalised, each once."""

    addresses: tuple[str, ...]
    keeps_copy: bool


def make_rule(wanted: WantedForwarding, there: Rule | None, policy: Policy) -> Rule:
    """The rule `there` made into what is wanted, or a new site rule."""
    rule = there or Rule("", get_rule_name(), 1, True, False, False, exceptions=NO_LOOP)
    shown = {name: _place_people(name, wanted, rule.actions, policy) for name in SENDING}
    rest = rule.actions.without(*FORM_FIELDS.actions)
    return replace(rule, enabled=True, actions=Parts({**rest, **shown, "delete": not wanted.keeps_copy}))


def is_unchanged_site_rule(rule: Rule, policy: Policy) -> bool:
    """Whether it is the site rule and says just what this site would make it say: nobody added anything elsewhere.

    On or off, and wherever it stands. Graph puts names to addresses, and Exchange compares them without case.
    """
    if not is_site_rule(rule) or rule.unknown:
        return False
    addresses = tuple(dict.fromkeys(person.address.lower() for person in rule.recipients))
    made = make_rule(WantedForwarding(addresses, rule.keeps_copy), None, policy)
    same_parts = (rule.conditions, rule.exceptions) == (made.conditions, made.exceptions)
    return same_parts and _drop_names(rule.actions) == _drop_names(made.actions)


def _drop_names(actions: Parts) -> dict[str, object]:
    people = {
        name: {person.address.lower() for person in actions.get_people(name)} for name in SENDING if name in actions
    }
    return {**actions, **people}


def find_directory_recipients(rule: Rule) -> tuple[Address, ...]:
    """Recipients that Outlook took from the directory and that have no mail address; a change leaves them."""
    return tuple(person for person in rule.recipients if "@" not in person.address)


def _place_people(name: str, wanted: WantedForwarding, there: Parts, policy: Policy) -> tuple[Address, ...]:
    """Who was there already stays in the action it is in, whoever is new comes into the one for its side."""
    known = {person.address.lower() for action in SENDING for person in there.get_people(action)}
    stay = {address.lower() for address in wanted.addresses}
    kept = [person for person in there.get_people(name) if "@" not in person.address or person.address.lower() in stay]
    new = [Address(address) for address in wanted.addresses if address.lower() not in known]
    return (*kept, *(person for person in new if _choose_action(person.address, policy) == name))


def _choose_action(address: str, policy: Policy) -> str:
    """Inside, a redirected message keeps its sender; outside it would fail the sender's DMARC, so it is forwarded.

    https://learn.microsoft.com/exchange/reference/sender-rewriting-scheme
    """
    return "redirect_to" if policy.judge(address) is Verdict.INSIDE else "forward_to"


@dataclass(frozen=True)
class RuleSeen:
    """The rule that a form was made from; both "" when there was none."""

    rule_id: str
    digest: str


@dataclass(frozen=True)
class StartForwarding(CreateRule):
    """A new site rule, as long as there is still no rule to change. Raises ChangedMeanwhile with the one there is."""

    def make_intent(self, rules: Sequence[StoredRule]) -> Intent:
        there = find_target(rules)
        if there is not None:
            raise ChangedMeanwhile(there)
        return super().make_intent(rules)


def request_forwarding(
    wanted: WantedForwarding, seen: RuleSeen, rules: Sequence[StoredRule], policy: Policy
) -> ChangeRequest:
    """What brings the forwarding from what the form saw to what is wanted."""
    if not seen.rule_id:
        return StartForwarding(make_rule(wanted, None, policy), kind=Kind.START_FORWARDING, first=True)
    there = find_rule(rules, seen.rule_id)
    rule = make_rule(wanted, there.rule if there else _make_stand_in(seen.rule_id), policy)
    was_on = there is None or there.rule.enabled
    kind = Kind.CHANGE_FORWARDING if was_on else Kind.START_FORWARDING
    return EditRule(rule, seen.digest, FORM_FIELDS, kind=kind, first=there is not None and moves_up(rules, there))


def request_stop(seen: RuleSeen, rules: Sequence[StoredRule], policy: Policy) -> ChangeRequest:
    """The site rule is deleted, since it says nothing else; what was made or added elsewhere is switched off."""
    there = find_rule(rules, seen.rule_id)
    if there is None or is_unchanged_site_rule(there.rule, policy):
        return DeleteRule(seen.rule_id, seen.digest, kind=Kind.STOP_FORWARDING)
    return SwitchRule(seen.rule_id, seen.digest, enabled=False, purpose=Kind.STOP_FORWARDING)


def _make_stand_in(rule_id: str) -> Rule:
    """In the place of a rule that is not there any more: the change is refused, or it was made by the same form."""
    return Rule(rule_id, "", 1, True, False, False)


def tell_outcome(outcome: Outcome) -> str:
    """A few sentences, with the time at which Microsoft's side was looked at."""
    time = date_format(localtime(outcome.checked_at), "TIME_FORMAT")
    return _choose_words(outcome) % {"time": time}


def _choose_words(outcome: Outcome) -> str:
    kind = outcome.change.kind
    if kind in (Kind.START_FORWARDING, Kind.CHANGE_FORWARDING) and not outcome.is_first:
        return _(
            "The forwarding rule was saved. Checked with Microsoft at %(time)s. It could not be put above your other "
            "rules, so please see below whether mail reaches it."
        )
    if kind == Kind.START_FORWARDING:
        return _("Forwarding has started. Checked with Microsoft at %(time)s.")
    if kind == Kind.CHANGE_FORWARDING:
        return _("Forwarding was changed. Checked with Microsoft at %(time)s.")
    if outcome.change.contents["wanted"] is None:
        return _("The forwarding rule was deleted. Checked with Microsoft at %(time)s.")
    return _("The forwarding rule was turned off. Checked with Microsoft at %(time)s.")
