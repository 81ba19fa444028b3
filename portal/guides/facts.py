"""The facts of the service in a guide's text, such as {{ servers.imap.host }}, and how running text is set.

Placeholders are the only way for a fact of the service into a guide.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from html import escape

from django.utils.formats import date_format
from django.utils.translation import override

from portal.service import Server, Service, Text

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
ME = "me"
# English, whatever the page's language: nothing here sets a locale for the process.
_MONTHS = list(calendar.month_name)
_JAPANESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ENGLISH_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS[1:])}) (\d{{4}})")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[KMG]B\b)")


class UnknownFactError(LookupError):
    """No such fact in the service file."""


@dataclass(frozen=True)
class Facts:
    """The service file's facts as text in one language."""

    service: Service
    language: str

    def find_value(self, name: str) -> str:
        """The fact's text; the example address for `me`. Raises UnknownFactError."""
        if name == ME:
            return self.service.mail.example_address
        found: object = self.service
        for part in name.split("."):
            found = getattr(found, part, None)
        if isinstance(found, Text):
            return found.in_language(self.language)
        if isinstance(found, datetime.date):
            with override(self.language):
                return date_format(found)
        if not isinstance(found, str | int):
            raise UnknownFactError(name)
        return str(found)

    def fill(self, text: str) -> str:
        """Plain text with its placeholders replaced. Raises UnknownFactError."""
        return PLACEHOLDER.sub(lambda match: self.find_value(match[1]), text)

    def find_server(self, name: str) -> Server:
        """Raises UnknownFactError."""
        found = getattr(self.service.servers, name, None)
        if not isinstance(found, Server):
            raise UnknownFactError(f"servers.{name}")
        return found


def tighten_placeholders(markdown: str) -> str:
    """Placeholders without inner blanks, so that they can stand where an address of a link stands."""
    return PLACEHOLDER.sub(r"{{\1}}", markdown)


def fill_as_html(text: str, facts: Facts) -> str:
    """Text as HTML with its facts; the reader's address is marked, so that the script finds it."""

    def replace_fact(match: re.Match[str]) -> str:
        value = escape(facts.find_value(match[1]))
        return f'<span class="me" data-me>{value}</span>' if match[1] == ME else value

    return PLACEHOLDER.sub(replace_fact, escape(text))


def typeset_as_html(text: str, facts: Facts) -> str:
    """Running text as HTML: as `fill_as_html`, with days in `time` and no break between a number and its unit."""
    html = _JAPANESE_DAY.sub(_mark_japanese_day, fill_as_html(text, facts))
    html = _ENGLISH_DAY.sub(_mark_english_day, html)
    return _BEFORE_UNIT.sub("\u00a0", html)


def _mark_japanese_day(match: re.Match[str]) -> str:
    return _mark_day(match[0], int(match[1]), int(match[2]), int(match[3]))


def _mark_english_day(match: re.Match[str]) -> str:
    return _mark_day(match[0], int(match[3]), _MONTHS.index(match[2]), int(match[1]))


def _mark_day(words: str, year: int, month: int, day: int) -> str:
    return f'<time datetime="{year:04}-{month:02}-{day:02}">{words}</time>'
