"""Placeholders such as {{ servers.imap.host }}: the only way for a fact of the service into a guide."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from portal.service import Server, Service, Text

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
ME = "me"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class UnknownFactError(LookupError):
    """No such fact in the service file."""


def squeezed(markdown: str) -> str:
    """Placeholders without inner blanks, so that they can stand where an address of a link stands."""
    return PLACEHOLDER.sub(r"{{\1}}", markdown)


def day(date: datetime.date, language: str) -> str:
    if language == "ja":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


@dataclass(frozen=True)
class Facts:
    """The service file's facts as text in one language."""

    service: Service
    language: str

    def value(self, name: str) -> str:
        """The fact's text; the example address for `me`. Raises UnknownFactError."""
        if name == ME:
            return self.service.mail.example_address
        found: object = self.service
        for part in name.split("."):
            found = getattr(found, part, None)
        if isinstance(found, Text):
            return found.in_language(self.language)
        if isinstance(found, datetime.date):
            return day(found, self.language)
        if not isinstance(found, str | int):
            raise UnknownFactError(name)
        return str(found)

    def fill(self, text: str) -> str:
        """Plain text with its placeholders replaced. Raises UnknownFactError."""
        return PLACEHOLDER.sub(lambda match: self.value(match[1]), text)

    def server(self, name: str) -> Server:
        """Raises UnknownFactError."""
        found = getattr(self.service.servers, name, None)
        if not isinstance(found, Server):
            raise UnknownFactError(f"servers.{name}")
        return found
