"""How a value stands in a sentence: safe to show, and told apart from the words around it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.utils.html import escape

# What is done to each value: made bold on a page, left as it is in plain text.
Mark = Callable[[str], str]

# Characters of a value that is not broken over two lines: about half a line on a phone.
KEPT_WHOLE = 24

CONTROL_PICTURES = 0x2400
DELETE, PICTURE_OF_DELETE = 0x7F, "\u2421"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
UNSEEN = ("Cc", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    """The text with a symbol for each character that no page may carry or nobody could see."""
    return text if text.isprintable() else "".join(_symbol(character) for character in text)


def bold(text: str) -> str:
    """For a page."""
    long = " word-long" if len(text) > KEPT_WHOLE else ""
    return f'<b class="word{long}">{escape(visible(text))}</b>'


def plain(text: str) -> str:
    """For a name or a title, which are escaped where they are shown."""
    return visible(text)


def _symbol(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if code == DELETE:
        return PICTURE_OF_DELETE
    if unicodedata.category(character) in UNSEEN or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return REPLACEMENT
    return character
