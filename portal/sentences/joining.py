"""Several things in a row, as each language puts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Row:
    """`more` joins one thing to those that follow, `last` the last two."""

    more: Promise
    last: Promise

    def __call__(self, things: Sequence[str]) -> str:
        """All things, of which there is at least one."""
        *earlier, text = things
        pattern = self.last
        for thing in reversed(earlier):
            text = str(pattern) % {"first": thing, "rest": text}
            pattern = self.more
        return text


ANY_WORD = Row(
    pgettext_lazy("any of these words", "%(first)s, %(rest)s"),
    pgettext_lazy("any of these words", "%(first)s or %(rest)s"),
)
ANY_NAME = Row(
    pgettext_lazy("any of these names", "%(first)s, %(rest)s"),
    pgettext_lazy("any of these names", "%(first)s or %(rest)s"),
)
ALL_PEOPLE = Row(
    pgettext_lazy("all of these people", "%(first)s, %(rest)s"),
    pgettext_lazy("all of these people", "%(first)s and %(rest)s"),
)
ALL_NAMES = Row(
    pgettext_lazy("all of these names", "%(first)s, %(rest)s"),
    pgettext_lazy("all of these names", "%(first)s and %(rest)s"),
)
CONDITIONS = Row(
    pgettext_lazy("conditions", "%(first)s, %(rest)s"),
    pgettext_lazy("conditions", "%(first)s and %(rest)s"),
)
EXCEPTIONS = Row(
    pgettext_lazy("exceptions", "%(first)s, or if %(rest)s"),
    pgettext_lazy("exceptions", "%(first)s, or if %(rest)s"),
)
ACTIONS = Row(
    pgettext_lazy("actions", "%(first)s, %(rest)s"),
    pgettext_lazy("actions", "%(first)s and %(rest)s"),
)
