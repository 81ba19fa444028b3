"""The form of one rule and what is checked in it, and the small forms that switch a rule and delete it.

What Microsoft or the university would refuse is found before anything is written. Exchange's own list is
RuleValidationErrorCode, https://learn.microsoft.com/dotnet/api/microsoft.exchange.webservices.data.ruleerrorcode
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
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
from portal.rules.fields import ACTIONS, CONDITIONS, RuleFields, _typed, folder_choices, hint, left_alone, shown_of
from portal.rules.naming import renamed

NOTHING = Rule("", "", 0, enabled=True, has_error=False, read_only=False)
LONGEST_NAME = 256
# A message can end in one place only.
ENDS = ("move_to_folder", "delete", "permanent_delete")
Problems = Iterator[tuple[str, ValidationError]]
# Fields that say nothing about the rule.
UNSEEN = ("ticket", "digest")

NO_CONDITION = _("Without a condition the rule acts on all mail that arrives. Write a condition, or tick this box.")


class RuleForm(SummaryMixin, RuleFields):
    """One field a predicate or action. What it does not show of a rule is in `kept` and stays as it is."""

    changed = False

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
        self.there = stored.rule if stored else NOTHING
        self.stored, self.tree, self.policy, self.own_address = stored, tree, policy, own_address
        self.shown = shown_of(self.there)
        self.kept = left_alone(self.there, self.shown)
        super().__init__(data, initial=self._initial())
        for name in {*CONDITIONS, *ACTIONS} - self.shown.conditions - self.shown.actions:
            del self.fields[name]
        if "forward_to" in self.fields:
            to = self.fields["forward_to"]
            to.help_text = format_lazy("{} {}", to.help_text, hint(policy))
        present = (self.data or {}).get("move_to_folder") or self.there.actions.get_text("move_to_folder")
        self.fields["move_to_folder"].choices = folder_choices(tree, present)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or self.unread:
            return cleaned
        rule = self.rule()
        if rule.takes_everything and not cleaned.get("everything"):
            self.add_error("everything", NO_CONDITION)
        for name, problem in find_problems(rule, self.there, self.tree, self.policy, [self.own_address]):
            self.add_error(name if name in self.fields else None, problem)
        return cleaned

    @property
    def unread(self) -> bool:
        """The form is about a rule that could not be read, so nothing can be said about it."""
        return self.stored is None and not self.is_new

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if len(name) > LONGEST_NAME:
            said = _("The name has %(count)s characters. Write at most %(most)s.")
            raise ValidationError(said, params={"count": f"{len(name):,}", "most": LONGEST_NAME})
        return name

    def rule(self) -> Rule:
        """The whole rule as the person wants it, parts that are not shown included."""
        wanted = Rule(
            id=self.there.id,
            name=self.cleaned_data["name"],
            sequence=self.there.sequence,
            enabled=self.there.enabled,
            has_error=False,
            read_only=False,
            conditions=self._parts(CONDITIONS, self.kept.conditions),
            exceptions=self.there.exceptions,
            actions=self._parts(ACTIONS, self.kept.actions),
            unknown=self.there.unknown,
        )
        return renamed(wanted, self.there)

    def plan(self) -> CreateRule | EditRule:
        """What to carry out."""
        if self.stored is None:
            return CreateRule(self.rule())
        return EditRule(self.rule(), self.cleaned_data["digest"], self.shown)

    @property
    def asks(self) -> Ticket:
        """The form's number, bound to what was typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if value and name not in UNSEEN}
        return Ticket.of(self.cleaned_data["ticket"], "rule", self.there.id, typed)

    @property
    def failed(self) -> bool:
        return self.changed or super().failed

    def changed_to(self, now: StoredRule) -> None:
        """The rule is not as the form had it: sent once more, the form is meant for the rule as it is `now`."""
        self.changed = True
        self._carry(digest=now.digest, ticket=new_ticket())

    def renumber(self) -> None:
        """Sent once more, the form is one that was never sent."""
        self._carry(ticket=new_ticket())

    def _carry(self, **unseen: str) -> None:
        self.data = {name: self.data[name] for name in self.data} | unseen

    def _initial(self) -> dict[str, Any]:
        parts = {**self.there.conditions, **self.there.actions}
        shown = {name: _typed(value) for name, value in parts.items()}
        everything = self.stored is not None and self.there.takes_everything
        digest = self.stored.digest if self.stored else ""
        return {"name": self.there.name, **shown, "everything": everything, "ticket": new_ticket(), "digest": digest}

    def _parts(self, names: tuple[str, ...], kept: Parts) -> Parts:
        typed = {name: self._value(name, self.cleaned_data.get(name)) for name in names if name in self.fields}
        return Parts({**kept, **typed})

    def _value(self, name: str, typed: Any) -> Any:
        """People keep the name that the rule has for them."""
        if name not in ("from_addresses", "sent_to_addresses", "forward_to"):
            return typed
        known = {
            person.address.lower(): person
            for parts in (self.there.conditions, self.there.actions)
            for person in parts.get_people(name)
        }
        return tuple(known.get(address.lower(), Address(address)) for address in typed or ())


class SwitchForm(SummaryMixin, forms.Form):
    """On or off."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=64)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    enabled = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class DeleteForm(SummaryMixin, forms.Form):
    """The confirmation."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=64)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


def find_problems(rule: Rule, there: Rule, tree: object, policy: Policy, own_addresses: Iterable[str]) -> Problems:
    """(field, what is wrong) for a rule that is to take the place of `there`.

    What `there` has already is not refused. `tree` is a Tree, or not known, and then no folder is looked for.
    """
    yield from _find_action_problems(rule, there)
    yield from _find_folder_problems(rule, there, tree)
    yield from _find_forwarding_problems(rule, policy, own_addresses)


def _find_action_problems(rule: Rule, there: Rule) -> Problems:
    if not rule.actions and not any(place.startswith("actions.") for place in rule.unknown):
        yield "move_to_folder", ValidationError(_("Choose at least one thing to do with the mail."))
    ends = [name for name in ENDS if name in rule.actions]
    if len(ends) > 1 and not set(ends) <= there.actions.keys():
        yield (
            "delete",
            ValidationError(_("A message cannot be moved to a folder and deleted as well. Choose one of the two.")),
        )


def _find_folder_problems(rule: Rule, there: Rule, tree: object) -> Problems:
    chosen = rule.actions.get_text("move_to_folder")
    if not chosen or not isinstance(tree, Tree) or chosen in tree.by_id:
        return
    if chosen != there.actions.get_text("move_to_folder") or there.has_error:
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
        params={"addresses": ", ".join(addresses), "domains": ", ".join((*policy.own_domains, *outside))},
    )
