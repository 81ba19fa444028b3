"""Fields for words and for addresses, one or several, as people type and paste them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.mailbox.addresses import AddressProblem, Reason, normalise_address, split_addresses

LONGEST_WORD = 255
MOST_MEMBERS = 100
# How much of what was text an error message repeats.
QUOTED_LENGTH = 60

REASONS = {
    Reason.NO_AT: _("“%(text)s” is not a mail address: it has no @."),
    Reason.BAD_LOCAL: _("“%(text)s” is not a mail address: the part before the @ cannot be used."),
    Reason.BAD_DOMAIN: _("“%(text)s” is not a mail address: the part after the @ cannot be used."),
    Reason.TOO_LONG: _("“%(text)s” is too long for a mail address."),
}


class PlainTextarea(forms.Textarea):
    """Some lines; it is as high as what is in it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, "cols": None, **(attrs or {})})


class LinesField(forms.CharField):
    """Words, one a line; its value is a tuple of them."""

    widget = PlainTextarea

    def clean(self, value: Any) -> tuple[str, ...]:
        """Raises ValidationError for a word that is too long, or too many of them."""
        lines = str(super().clean(value) or "").replace("\r", "\n").split("\n")
        words = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
        for word in words:
            if len(word) > LONGEST_WORD:
                text = Truncator(word).chars(QUOTED_LENGTH)
                message = _("“%(text)s” is longer than %(most)s characters.")
                raise ValidationError(message, params={"text": text, "most": LONGEST_WORD})
        return check_count(words)


class AddressesField(forms.CharField):
    """Mail addresses, however they are separated; its value is a tuple of them, normalised, each once."""

    widget = PlainTextarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"spellcheck": "false", "autocapitalize": "none", "inputmode": "email"}

    def clean(self, value: Any) -> tuple[str, ...]:
        """Raises ValidationError with one message for each text that is no address."""
        wrong: list[ValidationError] = []
        found: dict[str, str] = {}
        for text in check_count(split_addresses(str(super().clean(value) or ""))):
            try:
                address = normalise_address(text)
            except AddressProblem as problem:
                wrong.append(make_error(text, problem.reason))
            else:
                found.setdefault(address.lower(), address)
        if wrong:
            raise ValidationError(wrong)
        return tuple(found.values())


def make_error(text: str, reason: Reason) -> ValidationError:
    message = REASONS.get(reason, REASONS[Reason.BAD_LOCAL])
    return ValidationError(message, params={"text": Truncator(text).chars(QUOTED_LENGTH)})


def check_count(members: tuple[str, ...]) -> tuple[str, ...]:
    """The members. Raises ValidationError when there are more than any rule needs."""
    if len(members) > MOST_MEMBERS:
        message = ngettext_lazy("Write at most %(most)s line.", "Write at most %(most)s lines.", MOST_MEMBERS)
        raise ValidationError(message, params={"most": MOST_MEMBERS})
    return members
