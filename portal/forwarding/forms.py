"""The forms of the forwarding page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from portal.forms.base import SummaryMixin
from portal.forwarding.change import Seen, Wanted
from portal.forwarding.reading import Limits, Reading, read
from portal.graph.rules import StoredRule
from portal.mailbox.rules import Rule
from portal.sentences.marks import visible

LONGEST_TEXT = 4000


class AddressesArea(forms.Textarea):
    """One address a line. What no page may carry is shown as a symbol."""

    def format_value(self, value: Any) -> str:
        return "".join(letter if letter in "\r\n" else visible(letter) for letter in str(value or ""))


class ForwardingForm(SummaryMixin, forms.Form):
    """Where to, and whether a copy stays."""

    to = forms.CharField(
        label=_("Forward to"),
        help_text=_("One mail address, or several, one a line."),
        max_length=LONGEST_TEXT,
        widget=AddressesArea(attrs={"rows": 2, "inputmode": "email", "autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the address to forward to."),
            "max_length": _("This is too long. Enter mail addresses only, one a line."),
        },
    )
    copy = forms.ChoiceField(
        label=_("The copy in this mailbox"),
        choices=[("keep", _("Forward and keep a copy here")), ("drop", _("Forward and keep nothing here"))],
        initial="keep",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether a copy stays here."),
            "invalid_choice": _("Choose whether a copy stays here."),
        },
    )

    def __init__(self, *args: Any, limits: Limits | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits
        self.reading = Reading((), (), ())

    @classmethod
    def for_rule(cls, stored: StoredRule | None) -> Self:
        """As it is now."""
        if stored is None:
            return cls()
        return cls(initial={"to": "\n".join(_typeable(stored.rule)), "copy": _copy(stored.rule.keeps_copy)})

    @classmethod
    def as_typed(cls, sent: Mapping[str, str]) -> Self:
        """With what was typed before, not looked at."""
        return cls(initial={"to": sent.get("to", ""), "copy": sent.get("copy", "keep")})

    def clean_to(self) -> str:
        if self.limits is None:
            raise TypeError("a form that is checked needs limits")
        self.reading = read(self.cleaned_data["to"], self.limits)
        if self.reading.problems:
            raise forms.ValidationError(list(self.reading.problems))
        return str(self.cleaned_data["to"])

    @property
    def wanted(self) -> Wanted:
        """What a valid form says."""
        return Wanted(self.reading.addresses, self.cleaned_data["copy"] == "keep")

    @property
    def mended(self) -> tuple[str, ...]:
        """Addresses that were not typed as they are now."""
        return tuple(address for address in self.reading.addresses if address not in self.cleaned_data["to"])


class TicketForm(SummaryMixin, forms.Form):
    """What a form that writes carries unseen: its number, and the rule that it was made from."""

    ticket = forms.CharField(max_length=64)
    rule = forms.CharField(max_length=512, required=False)
    digest = forms.CharField(max_length=64, required=False)

    @classmethod
    def sent(cls, data: Mapping[str, str]) -> Self:
        """Raises BadRequest (400) for what no form of ours sends."""
        form = cls(data)
        if not form.is_valid():
            raise BadRequest("ticket")
        return form

    @property
    def number(self) -> str:
        return str(self.cleaned_data["ticket"])

    @property
    def seen(self) -> Seen:
        return Seen(self.cleaned_data["rule"], self.cleaned_data["digest"])


def _typeable(rule: Rule) -> list[str]:
    """The mail addresses of a rule, each once; those from the directory cannot be typed."""
    return list(dict.fromkeys(person.address for person in rule.recipients if "@" in person.address))


def _copy(keeps: bool) -> str:
    return "keep" if keeps else "drop"
