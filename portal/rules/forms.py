"""The form of one rule and what is checked in it, and the small forms that switch a rule and delete it.

What Microsoft or the university would refuse is found before anything is written. Exchange's own list is
RuleValidationErrorCode, https://learn.microsoft.com/dotnet/api/microsoft.exchange.webservices.data.ruleerrorcode
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.changes.change_requests import CreateRule, EditRule
from portal.changes.journal import Ticket, new_ticket
from portal.forms.base import SummaryMixin
from portal.graph.rules import StoredRule
from portal.mailbox.addresses import is_same_address
from portal.mailbox.folders import Tree
from portal.mailbox.forwarding import Outside, Policy
from portal.mailbox.rules import Address, Parts, Rule
from portal.rules.fields import (
    ACTION_FIELDS,
    CONDITION_FIELDS,
    RuleFields,
    choose_fields,
    describe_policy,
    fill_field,
    keep_other_parts,
    list_folder_choices,
)
from portal.rules.naming import rename_rule
from portal.sentences.values import ITEMS, SENTENCE_SERIES

NO_RULE = Rule("", "", 0, enabled=True, has_error=False, read_only=False)
LONGEST_NAME = 256
# A message can end in one place only.
ENDS = ("move_to_folder", "delete", "permanent_delete")
Problems = Iterator[tuple[str, ValidationError]]
# Fields that say nothing about the rule.
HIDDEN_FIELDS = ("ticket", "digest")
PEOPLE = ("from_addresses", "sent_to_addresses", "forward_to")
NO_CONDITION = _("Without a condition the rule acts on all mail that arrives. Write a condition, or tick this box.")


class RuleForm(SummaryMixin, RuleFields):
    """One field a predicate or action. What it does not show of a rule is in `other_parts` and stays as it is."""

    # The rule is not as the form had it.
    rule_changed = False

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=64)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        stored: StoredRule | None = None,
        is_new: bool,
        tree: object = None,
        policy: Policy,
        own_address: str,
    ) -> None:
        """`stored` is the rule to change, None for a new one or an unread one; `tree` a Tree, or not known."""
        self.is_new = is_new
        self.current = stored.rule if stored else NO_RULE
        self.stored, self.tree, self.policy, self.own_address = stored, tree, policy, own_address
        self.form_fields = choose_fields(self.current)
        self.other_parts = keep_other_parts(self.current, self.form_fields)
        super().__init__(data, initial=self._initial_values())
        for name in {*CONDITION_FIELDS, *ACTION_FIELDS} - self.form_fields.conditions - self.form_fields.actions:
            del self.fields[name]
        if "forward_to" in self.fields:
            to = self.fields["forward_to"]
            to.help_text = SENTENCE_SERIES.join([str(to.help_text), *describe_policy(policy)])
        present = (self.data or {}).get("move_to_folder") or self.current.actions.get_text("move_to_folder")
        self.fields["move_to_folder"].choices = list_folder_choices(tree, present)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or self.is_unread:
            return cleaned
        rule = self.build_rule()
        if rule.takes_everything and not cleaned.get("everything"):
            self.add_error("everything", NO_CONDITION)
        for name, problem in find_problems(rule, self.current, self.tree, self.policy, [self.own_address]):
            self.add_error(name if name in self.fields else None, problem)
        return cleaned

    @property
    def is_unread(self) -> bool:
        """The form is about a rule that could not be read, so nothing can be said about it."""
        return self.stored is None and not self.is_new

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if len(name) > LONGEST_NAME:
            count = number_format(len(name), use_l10n=True, force_grouping=True)
            message = _("The name has %(count)s characters. Write at most %(most)s.")
            raise ValidationError(message, params={"count": count, "most": LONGEST_NAME})
        return name

    def build_rule(self) -> Rule:
        """The whole rule as the person wants it, parts that are not shown included."""
        wanted = Rule(
            id=self.current.id,
            name=self.cleaned_data["name"],
            sequence=self.current.sequence,
            enabled=self.current.enabled,
            has_error=False,
            read_only=False,
            conditions=self._build_parts(CONDITION_FIELDS, self.other_parts.conditions),
            exceptions=self.current.exceptions,
            actions=self._build_parts(ACTION_FIELDS, self.other_parts.actions),
            unknown=self.current.unknown,
        )
        return rename_rule(wanted, self.current)

    def make_request(self) -> CreateRule | EditRule:
        """What to change in the mailbox."""
        if self.stored is None:
            return CreateRule(self.build_rule())
        return EditRule(self.build_rule(), self.cleaned_data["digest"], self.form_fields)

    def make_ticket(self) -> Ticket:
        """The form's number, bound to what was typed: the same form sent twice makes the same one."""
        contents = {name: value for name, value in self.cleaned_data.items() if value and name not in HIDDEN_FIELDS}
        return Ticket.of(self.cleaned_data["ticket"], "rule", self.current.id, contents)

    @property
    def failed(self) -> bool:
        return self.rule_changed or super().failed

    def adopt(self, now: StoredRule) -> None:
        """Sent once more, the form is meant for the rule as it is `now`, which is not as the form had it."""
        self.rule_changed = True
        self._set_hidden(digest=now.digest, ticket=new_ticket())

    def renew_ticket(self) -> None:
        """Sent once more, the form is one that was never sent."""
        self._set_hidden(ticket=new_ticket())

    def _set_hidden(self, **values: str) -> None:
        self.data = {name: self.data[name] for name in self.data} | values

    def _initial_values(self) -> dict[str, Any]:
        parts = {**self.current.conditions, **self.current.actions}
        values = {name: fill_field(value) for name, value in parts.items()}
        everything = self.stored is not None and self.current.takes_everything
        digest = self.stored.digest if self.stored else ""
        return {"name": self.current.name, **values, "everything": everything, "ticket": new_ticket(), "digest": digest}

    def _build_parts(self, names: tuple[str, ...], other_parts: Parts) -> Parts:
        own = {name: self._build_value(name, self.cleaned_data.get(name)) for name in names if name in self.fields}
        return Parts({**other_parts, **own})

    def _build_value(self, name: str, value: Any) -> Any:
        """People keep the name that the rule has for them."""
        if name not in PEOPLE:
            return value
        known = {
            person.address.lower(): person
            for parts in (self.current.conditions, self.current.actions)
            for person in parts.get_people(name)
        }
        return tuple(known.get(address.lower(), Address(address)) for address in value or ())


class SwitchForm(SummaryMixin, forms.Form):
    """On or off."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=64)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    enabled = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class DeleteForm(SummaryMixin, forms.Form):
    """The confirmation."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=64)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


def find_problems(rule: Rule, current: Rule, tree: object, policy: Policy, own_addresses: Iterable[str]) -> Problems:
    """(field, what is wrong) for a rule that is to take the place of `current`.

    What `current` has already is not refused. `tree` is a Tree, or not known, and then no folder is looked for.
    """
    yield from _find_action_problems(rule, current)
    yield from _find_folder_problems(rule, current, tree)
    yield from _find_forwarding_problems(rule, policy, own_addresses)


def _find_action_problems(rule: Rule, current: Rule) -> Problems:
    if not rule.actions and not any(place.startswith("actions.") for place in rule.unknown):
        yield "move_to_folder", ValidationError(_("Choose at least one thing to do with the mail."))
    ends = [name for name in ENDS if name in rule.actions]
    if len(ends) > 1 and not set(ends) <= current.actions.keys():
        yield (
            "delete",
            ValidationError(_("A message cannot be moved to a folder and deleted as well. Choose one of the two.")),
        )


def _find_folder_problems(rule: Rule, current: Rule, tree: object) -> Problems:
    chosen = rule.actions.get_text("move_to_folder")
    if not chosen or not isinstance(tree, Tree) or chosen in tree.by_id:
        return
    if chosen != current.actions.get_text("move_to_folder") or current.has_error:
        yield "move_to_folder", ValidationError(_("The folder was not found. Choose another one."))


def _find_forwarding_problems(rule: Rule, policy: Policy, own_addresses: Iterable[str]) -> Problems:
    addresses = [person.address for person in rule.actions.get_people("forward_to")]
    if any(is_same_address(address, own) for address in addresses for own in own_addresses):
        yield "forward_to", ValidationError(_("This is your own address. Write another one."))
    blocked = policy.find_blocked(addresses)
    if blocked:
        yield "forward_to", explain_blocked(policy, blocked)
    if policy.are_too_many(person.address for person in rule.recipients):
        most = policy.most_addresses
        message = ngettext_lazy(
            "A rule can send to at most %(most)s address.", "A rule can send to at most %(most)s addresses.", most
        )
        yield "forward_to", ValidationError(message, params={"most": most})


def explain_blocked(policy: Policy, addresses: tuple[str, ...]) -> ValidationError:
    """Why mail cannot be sent there, and where it can."""
    outside = policy.allowed_domains if policy.outside is Outside.DOMAINS else ()
    return ValidationError(
        _(
            "Mail cannot be forwarded to %(addresses)s: the university's mail service returns it with the error "
            "“550 5.7.520”. It can be forwarded to addresses at %(domains)s."
        ),
        params={"addresses": ITEMS.join(addresses), "domains": ITEMS.join((*policy.own_domains, *outside))},
    )
