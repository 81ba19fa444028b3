"""Fields for words and for addresses, one or several, as people type and paste them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.mailbox.addresses import Reason, read_addresses, split_addresses
from portal.sentences.values import make_visible

LONGEST_WORD = 255
MOST_MEMBERS = 100
# How many characters of what was typed an error message repeats.
QUOTED_LENGTH = 60

NO_ADDRESS = {
    Reason.NO_AT: _("“%(text)s” is not a mail address: it has no @."),
    Reason.BAD_LOCAL: _("“%(text)s” is not a mail address: the part before the @ cannot be used."),
    Reason.BAD_DOMAIN: _("“%(text)s” is not a mail address: the part after the @ cannot be used."),
    Reason.TOO_LONG: _("“%(text)s” is too long for a mail address."),
}


def shorten(text: str, most: int = QUOTED_LENGTH) -> str:
    """What was typed as a message repeats it: not longer, and with what cannot be seen made visible."""
    return make_visible(Truncator(text).chars(most))


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
                message = _("“%(text)s” is longer than %(most)s characters.")
                raise ValidationError(message, params={"text": shorten(word), "most": LONGEST_WORD})
        return check_count(words)


class AddressesField(forms.CharField):
    """Mail addresses, however they are separated; its value is a tuple of them, normalised, each once."""

    widget = PlainTextarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"spellcheck": "false", "autocapitalize": "none", "inputmode": "email"}

    def clean(self, value: Any) -> tuple[str, ...]:
        """Raises ValidationError with one message for each text that is no address."""
        found = read_addresses(check_count(split_addresses(str(super().clean(value) or ""))))
        if found.wrong:
            raise ValidationError([make_error(text, reason) for text, reason in found.wrong])
        return found.addresses


def make_error(text: str, reason: Reason) -> ValidationError:
    message = NO_ADDRESS.get(reason, NO_ADDRESS[Reason.BAD_LOCAL])
    return ValidationError(message, params={"text": shorten(text)})


def check_count(members: tuple[str, ...]) -> tuple[str, ...]:
    """The members. Raises ValidationError when there are more than any rule needs."""
    if len(members) > MOST_MEMBERS:
        message = ngettext_lazy("Write at most %(most)s line.", "Write at most %(most)s lines.", MOST_MEMBERS)
        raise ValidationError(message, params={"most": MOST_MEMBERS})
    return members
