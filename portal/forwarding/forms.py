"""The forms of the forwarding page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.forms.base import SummaryMixin
from portal.forms.fields import shorten
from portal.forwarding.change import RuleSeen, WantedForwarding, collect_addresses, find_target
from portal.graph.rules import StoredRule
from portal.mailbox.addresses import Reason, is_same_address, read_addresses, split_addresses
from portal.mailbox.forwarding import Policy
from portal.mailbox.rules import Rule
from portal.sentences.values import make_visible

LONGEST_TEXT = 4000
# How many characters of what was typed an error message repeats.
QUOTED_LENGTH = 80

NO_ADDRESS = {
    Reason.EMPTY: _("“%(typed)s” is not a mail address."),
    Reason.NO_AT: _("“%(typed)s” has no @."),
    Reason.BAD_LOCAL: _("In “%(typed)s”, the part before the @ is not right."),
    Reason.BAD_DOMAIN: _("In “%(typed)s”, the part after the @ is not right. It looks like example.com."),
    Reason.TOO_LONG: _("“%(typed)s” is too long for a mail address."),
    Reason.CONTROL: _("“%(typed)s” contains a character that cannot be seen. Please type it again."),
}


@dataclass(frozen=True)
class AddressLimits:
    """What the addresses are held against. `elsewhere`: in lower case, whom other rules send to already."""

    own_address: str
    policy: Policy
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def for_change(cls, rules: Sequence[StoredRule], own_address: str) -> Self:
        """When these are the rules; the addresses of the rule that is changed make room for those that are typed."""
        target = find_target(rules)
        others = [stored.rule for stored in rules if stored is not target]
        return cls(own_address, settings.SERVICE.policy, collect_addresses(others))

    @property
    def left(self) -> int:
        """How many addresses there is room for."""
        return max(0, self.policy.most_addresses - len(self.elsewhere))

    def are_passed_by(self, typed: Sequence[str], addresses: Sequence[str]) -> bool:
        """Whether there are too many; of texts that are no addresses, more are not each explained either."""
        most = len(self.elsewhere) + self.policy.most_addresses
        return len(typed) > most or self.policy.are_too_many((*addresses, *self.elsewhere))


class AddressesArea(forms.Textarea):
    """One address a line. What no page may carry is shown as a symbol."""

    def format_value(self, value: Any) -> str:
        return "".join(letter if letter in "\r\n" else make_visible(letter) for letter in str(value or ""))


class ForwardingForm(SummaryMixin, forms.Form):
    """Where to, and whether a copy stays. Without `limits` only the spelling of the addresses is checked."""

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

    def __init__(
        self, *args: Any, limits: AddressLimits | None = None, is_spelling_only: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and limits is None and not is_spelling_only:
            raise TypeError("a form that is checked needs limits")
        self.limits = limits
        self.addresses: tuple[str, ...] = ()
        self.blocked: tuple[str, ...] = ()

    @classmethod
    def for_rule(cls, stored: StoredRule | None) -> Self:
        """As it is now."""
        if stored is None:
            return cls()
        return cls(initial={"to": "\n".join(_list_typeable(stored.rule)), "copy": _copy(stored.rule.keeps_copy)})

    @classmethod
    def for_spelling(cls, sent: Mapping[str, str]) -> Self:
        """Of which only the spelling of the addresses is checked, before any rule is read."""
        return cls(sent, is_spelling_only=True)

    @classmethod
    def unchecked(cls, sent: Mapping[str, str]) -> Self:
        """With what was typed before, not looked at."""
        return cls(initial={"to": sent.get("to", ""), "copy": sent.get("copy", "keep")})

    def clean_to(self) -> str:
        """Raises ValidationError with a sentence for each address that cannot be used.

        `addresses` are then normalised, each once, and `blocked` those of them that the policy refuses.
        """
        typed = split_addresses(self.cleaned_data["to"])
        if not typed:
            raise ValidationError(self.fields["to"].error_messages["required"])
        found = read_addresses(typed)
        self.addresses = found.addresses
        problems = [explain_wrong(text, reason) for text, reason in found.wrong]
        if self.limits:
            if self.limits.are_passed_by(typed, found.addresses):
                raise ValidationError(explain_too_many(self.limits))
            self.blocked = self.limits.policy.find_blocked(found.addresses)
            problems += explain_refusals(found.addresses, self.blocked, self.limits.own_address)
        if problems:
            raise ValidationError(problems)
        return str(self.cleaned_data["to"])

    @property
    def wanted(self) -> WantedForwarding:
        """What a valid form says."""
        return WantedForwarding(self.addresses, self.cleaned_data["copy"] == "keep")

    @property
    def corrected(self) -> tuple[str, ...]:
        """Addresses that were not typed as they are now."""
        return tuple(address for address in self.addresses if address not in self.cleaned_data["to"])


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
    def seen(self) -> RuleSeen:
        return RuleSeen(self.cleaned_data["rule"], self.cleaned_data["digest"])


def explain_wrong(text: str, reason: Reason) -> ValidationError:
    """Why it is no address; of what stands in brackets, an @ outside them is no news to whoever typed it."""
    known = Reason.EMPTY if reason is Reason.NO_AT and "@" in text else reason
    return ValidationError(NO_ADDRESS[known], params={"typed": shorten(text, QUOTED_LENGTH)})


def explain_refusals(addresses: Sequence[str], blocked: Sequence[str], own_address: str) -> Iterator[ValidationError]:
    own = _("“%(address)s” is your own address. Mail forwarded there would come back here.")
    refused = _("The university does not let mail be forwarded automatically to “%(address)s”.")
    for address in addresses:
        message = own if is_same_address(address, own_address) else refused if address in blocked else None
        if message:
            yield ValidationError(message, params={"address": shorten(address, QUOTED_LENGTH)})


def explain_too_many(limits: AddressLimits) -> ValidationError:
    most, others = limits.policy.most_addresses, len(limits.elsewhere)
    if not others:
        message = ngettext(
            "Microsoft forwards to %(most)s address at most.", "Microsoft forwards to %(most)s addresses at most.", most
        )
        return ValidationError(message, params={"most": most})
    message = gettext(
        "Microsoft forwards to %(most)s addresses at most, all rules together. Other rules use %(others)s, "
        "so there is room for %(left)s."
    )
    return ValidationError(message, params={"most": most, "others": others, "left": limits.left})


def _list_typeable(rule: Rule) -> list[str]:
    """The mail addresses of a rule, each once; those from the directory cannot be typed."""
    return list(dict.fromkeys(person.address for person in rule.recipients if "@" in person.address))


def _copy(keeps: bool) -> str:
    return "keep" if keeps else "drop"
