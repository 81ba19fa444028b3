"""Fields for words and for addresses, one or several, as people type and paste them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.mailbox.addresses import AddressProblem, Reason, normalise, split

LONGEST_WORD = 255
MOST_MEMBERS = 100
# How much of what was typed an error message repeats.
SAID_LENGTH = 60

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
        typed = str(super().clean(value) or "").replace("\r", "\n").split("\n")
        words = tuple(dict.fromkeys(line.strip() for line in typed if line.strip()))
        for word in words:
            if len(word) > LONGEST_WORD:
                text = Truncator(word).chars(SAID_LENGTH)
                said = _("“%(text)s” is longer than %(most)s characters.")
                raise ValidationError(said, params={"text": text, "most": LONGEST_WORD})
        return at_most(words)


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
        for text in at_most(split(str(super().clean(value) or ""))):
            try:
                address = normalise(text)
            except AddressProblem as problem:
                wrong.append(no_address(text, problem.reason))
            else:
                found.setdefault(address.lower(), address)
        if wrong:
            raise ValidationError(wrong)
        return tuple(found.values())


def no_address(text: str, reason: Reason) -> ValidationError:
    said = REASONS.get(reason, REASONS[Reason.BAD_LOCAL])
    return ValidationError(said, params={"text": Truncator(text).chars(SAID_LENGTH)})


def at_most(members: tuple[str, ...]) -> tuple[str, ...]:
    """The members. Raises ValidationError when there are more than any rule needs."""
    if len(members) > MOST_MEMBERS:
        said = ngettext_lazy("Write at most %(most)s line.", "Write at most %(most)s lines.", MOST_MEMBERS)
        raise ValidationError(said, params={"most": MOST_MEMBERS})
    return members
