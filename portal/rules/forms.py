"""The form of one rule, and the small ones that switch it and delete it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.changes.change_requests import CreateRule, EditRule
from portal.changes.journal import Ticket, new_ticket
from portal.forms.base import SummaryMixin
from portal.forms.fields import AddressesField, LinesField
from portal.graph.rules import StoredRule
from portal.mailbox.forwarding import Policy
from portal.mailbox.rules import Address, Parts, Rule, Value
from portal.rules.checks import find_problems
from portal.rules.fields import ACTIONS, CONDITIONS, left_alone, shown_of
from portal.rules.folder_choices import folder_choices
from portal.rules.naming import renamed
from portal.rules.policy_hint import hint

NOTHING = Rule("", "", 0, enabled=True, has_error=False, read_only=False)
LONGEST_NAME = 256
# Fields that say nothing about the rule.
UNSEEN = ("ticket", "digest")
SUBJECT_HELP = _("Write several words on lines of their own: one of them is enough.")

NO_CONDITION = _("Without a condition the rule acts on all mail that arrives. Write a condition, or tick this box.")


class RuleForm(SummaryMixin, forms.Form):
    """One field a predicate or action. What it does not show of a rule is in `kept` and stays as it is."""

    changed = False

    name = forms.CharField(
        label=_("Name of the rule (may be left empty)"),
        help_text=_("Left empty, it is made from the conditions, and follows them when they change."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    from_addresses = AddressesField(
        label=_("From"), help_text=_("Mail addresses. Several: one a line, or with commas."), required=False
    )
    sent_to_addresses = AddressesField(
        label=_("Sent to"), help_text=_("Mail addresses, that of a mailing list for example."), required=False
    )
    subject_contains = LinesField(label=_("The subject contains"), help_text=SUBJECT_HELP, required=False)
    body_contains = LinesField(label=_("The body contains"), required=False)
    body_or_subject_contains = LinesField(label=_("The subject or body contains"), required=False)
    has_attachments = forms.BooleanField(label=_("It has an attachment"), required=False)
    everything = forms.BooleanField(
        label=_("Act on all mail, without a condition"),
        help_text=_("Needed only when everything above is empty. A condition above takes precedence."),
        required=False,
    )
    move_to_folder = forms.ChoiceField(label=_("Move to the folder"), required=False)
    mark_as_read = forms.BooleanField(label=_("Mark as read"), required=False)
    forward_to = AddressesField(
        label=_("Forward to"), help_text=_("Mail addresses. Several: one a line, or with commas."), required=False
    )
    delete = forms.BooleanField(label=_("Move to Deleted Items"), required=False)
    stop_processing_rules = forms.BooleanField(
        label=_("Do not check later rules"),
        help_text=_("Mail to which this rule applies goes no further down the list."),
        required=False,
    )
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
            raise forms.ValidationError(said, params={"count": f"{len(name):,}", "most": LONGEST_NAME})
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


def _typed(value: Value) -> Any:
    """The value as it stands in its field."""
    if isinstance(value, tuple):
        return "\n".join(member.address if isinstance(member, Address) else member for member in value)
    return value
