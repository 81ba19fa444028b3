"""How the words of a guide become HTML: facts filled in, days marked up, numbers kept with their units."""

from __future__ import annotations

import re
from html import escape

from portal.guides.facts import ME, MONTHS, PLACEHOLDER, Facts

_JAPANESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ENGLISH_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[KMG]B\b)")


def filled(text: str, facts: Facts) -> str:
    """Text as HTML with its facts; the reader's address is marked, so that the script finds it."""

    def fact(match: re.Match[str]) -> str:
        value = escape(facts.value(match[1]))
        return f'<span class="me" data-me>{value}</span>' if match[1] == ME else value

    return PLACEHOLDER.sub(fact, escape(text))


def typeset(text: str, facts: Facts) -> str:
    """Running text as HTML: as `filled`, with days in `time` and no break between a number and its unit."""
    html = _JAPANESE_DAY.sub(_japanese_day, filled(text, facts))
    html = _ENGLISH_DAY.sub(_english_day, html)
    return _BEFORE_UNIT.sub("\u00a0", html)


def _japanese_day(match: re.Match[str]) -> str:
    return _time(match[0], int(match[1]), int(match[2]), int(match[3]))


def _english_day(match: re.Match[str]) -> str:
    return _time(match[0], int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))


def _time(words: str, year: int, month: int, day: int) -> str:
    return f'<time datetime="{year:04}-{month:02}-{day:02}">{words}</time>'
