"""The forms of the forwarding page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.forms.base import SummaryMixin
from portal.forwarding.change import Seen, Wanted
from portal.graph.rules import StoredRule
from portal.mailbox.addresses import AddressProblem, Reason, is_same_address, normalise_address, split_addresses
from portal.mailbox.forwarding import Policy
from portal.mailbox.rules import Rule
from portal.sentences.marks import visible

LONGEST_SHOWN = 80

NOT_AN_ADDRESS = {
    Reason.EMPTY: _("“%(typed)s” is not a mail address."),
    Reason.NO_AT: _("“%(typed)s” has no @."),
    Reason.BAD_LOCAL: _("In “%(typed)s”, the part before the @ is not right."),
    Reason.BAD_DOMAIN: _("In “%(typed)s”, the part after the @ is not right. It looks like example.com."),
    Reason.TOO_LONG: _("“%(typed)s” is too long for a mail address."),
    Reason.CONTROL: _("“%(typed)s” contains a character that cannot be seen. Please type it again."),
}


@dataclass(frozen=True)
class Limits:
    """What the addresses are held against. `elsewhere`: in lower case, whom other rules send to already."""

    own_address: str
    policy: Policy
    elsewhere: frozenset[str] = frozenset()

    @property
    def left(self) -> int:
        """How many addresses there is room for."""
        return max(0, self.policy.most_addresses - len(self.elsewhere))


@dataclass(frozen=True)
class Reading:
    """`addresses`: normalised, each once. `blocked`: those of them that the policy refuses. `problems`: in words."""

    addresses: tuple[str, ...]
    blocked: tuple[str, ...]
    problems: tuple[str, ...]


def read(text: str, limits: Limits) -> Reading:
    """What was typed into the field."""
    typed = split_addresses(text)
    if not typed:
        return Reading((), (), (gettext("Enter the address to forward to."),))
    addresses, problems = _normalised(typed)
    if len(typed) > len(limits.elsewhere) + limits.policy.most_addresses or _too_many(addresses, limits):
        return Reading(addresses, (), (_too_many_words(limits),))
    blocked = limits.policy.find_blocked(addresses)
    return Reading(addresses, blocked, (*problems, *_refusals(addresses, blocked, limits)))


def _normalised(typed: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    found: dict[str, str] = {}
    problems = []
    for text in typed:
        try:
            address = normalise_address(text)
        except AddressProblem as problem:
            problems.append(_what_is_wrong(text, problem.reason))
        else:
            found.setdefault(address.lower(), address)
    return tuple(found.values()), problems


def _what_is_wrong(text: str, reason: Reason) -> str:
    """One address; of what stands in brackets, an @ outside them is no news to whoever typed it."""
    known = Reason.EMPTY if reason is Reason.NO_AT and "@" in text else reason
    return str(NOT_AN_ADDRESS[known]) % {"typed": shortened(text)}


def _refusals(addresses: tuple[str, ...], blocked: tuple[str, ...], limits: Limits) -> Iterator[str]:
    for address in addresses:
        if is_same_address(address, limits.own_address):
            yield gettext("“%(address)s” is your own address. Mail forwarded there would come back here.") % {
                "address": shortened(address)
            }
        elif address in blocked:
            yield gettext("The university does not let mail be forwarded automatically to “%(address)s”.") % {
                "address": shortened(address)
            }


def _too_many(addresses: tuple[str, ...], limits: Limits) -> bool:
    return limits.policy.are_too_many((*addresses, *limits.elsewhere))


def _too_many_words(limits: Limits) -> str:
    most, others = limits.policy.most_addresses, len(limits.elsewhere)
    if not others:
        return ngettext(
            "Microsoft forwards to %(most)s address at most.", "Microsoft forwards to %(most)s addresses at most.", most
        ) % {"most": most}
    return gettext(
        "Microsoft forwards to %(most)s addresses at most, all rules together. Other rules use %(others)s, "
        "so there is room for %(left)s."
    ) % {"most": most, "others": others, "left": limits.left}


def shortened(text: str) -> str:
    """For a message: with what cannot be seen made visible, and not longer than a line or two."""
    return visible(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")


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
