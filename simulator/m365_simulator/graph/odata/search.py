"""`$search` of messages: words, phrases and properties of Keyword Query Language.

https://learn.microsoft.com/graph/search-query-parameter: without a property, a word is looked for
in the sender, the subject and the body. It cannot be joined with `$filter` or `$orderby`.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from m365_simulator.graph.errors import bad_request
from m365_simulator.graph.odata.options import Options
from m365_simulator.graph.odata.terms import COMPARE, read_moment

PHRASE = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
BARE = re.compile(r"[\s\w*]+")
TERM = re.compile(
    r'(?P<bracket>[()])|(?P<minus>-)?(?:(?P<name>[A-Za-z]+)(?P<sign>:|>=|<=|<>|=|>|<))?(?P<value>"[^"]*"|[^\s()"]+)',
    re.DOTALL,
)
SIGNS = {":": "eq", "=": "eq", "<>": "ne", ">": "gt", ">=": "ge", "<": "lt", "<=": "le"}
DEEPEST = 50
EVERYWHERE = ("from", "subject", "body")


class Searchable(Protocol):
    """`texts` of a property to look through, None when it is no such property."""

    def texts(self, name: str) -> str | None: ...
    def moments(self, name: str) -> datetime | None: ...
    def number(self, name: str) -> int | None: ...


Test = Callable[[Searchable], bool]


def check_search_options(asked: Options) -> None:
    """Raises GraphError (400) for what does not go with a search."""
    refused = {"OrderBy": asked.orderby, "Filter": asked.filter, "Skip": asked.skip}
    for name, given in refused.items():
        if given:
            parameter = f"${name[0].lower()}{name[1:]}"
            raise bad_request(
                f"The query parameter '{parameter}' is not supported with '$search'.", f"SearchWith{name}"
            )


def parse_search(text: str) -> Test:
    """Raises GraphError (400) when it is neither a phrase in quotes nor plain words."""
    phrase = PHRASE.fullmatch(text)
    if phrase:
        return _Query(re.sub(r"\\(.)", r"\1", phrase[1])).whole()
    plain = BARE.match(text)
    end = plain.end() if plain else 0
    if end < len(text) or not text.strip():
        strange = text[end : end + 1]
        raise bad_request(f"Syntax error: character '{strange}' is not valid at position {end} in '{text}'.")
    return _Query(text).whole()


class _Query:
    """Words that follow each other must all be there; AND binds closer than OR."""

    def __init__(self, text: str) -> None:
        self.terms = list(TERM.finditer(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Test:
        made = self._any()
        while self.at < len(self.terms):  # a bracket too many
            self.at += 1
            made = _all([made, self._any()])
        return made

    def _any(self) -> Test:
        choices = [self._every()]
        while self._word("OR"):
            choices.append(self._every())
        return lambda held: any(choice(held) for choice in choices)

    def _every(self) -> Test:
        needed: list[Test] = []
        while self.at < len(self.terms) and self.terms[self.at][0] not in (")", "OR"):
            if not self._word("AND"):
                needed.append(self._one())
        return _all(needed)

    def _one(self) -> Test:
        if self._word("NOT"):
            return _not(self._one()) if self.at < len(self.terms) else _all([])
        found = self.terms[self.at]
        self.at += 1
        if found[0] == "(":
            return self._inside()
        test = _term(found)
        return _not(test) if found["minus"] else test

    def _inside(self) -> Test:
        self.depth += 1
        if self.depth > DEEPEST:
            raise bad_request("Recursion depth exceeded allowed limit.")
        made = self._any()
        self.depth -= 1
        self.at += 1  # the closing bracket
        return made

    def _word(self, word: str) -> bool:
        found = self.at < len(self.terms) and self.terms[self.at][0] == word
        self.at += found
        return found


def _all(needed: list[Test]) -> Test:
    return lambda held: all(test(held) for test in needed)


def _not(test: Test) -> Test:
    return lambda held: not test(held)


def _term(found: re.Match[str]) -> Test:
    value = found["value"].strip('"').rstrip("*").casefold() if found["value"] else ""
    if not found["name"]:
        return lambda held: any(value in (held.texts(name) or "").casefold() for name in EVERYWHERE)
    name, compare = found["name"].casefold(), COMPARE[SIGNS[found["sign"]]]
    return lambda held: _property(held, name, compare, value)


def _property(held: Searchable, name: str, compare: Callable[[Any, Any], bool], value: str) -> bool:
    """A day is compared with days."""
    day, number, text = held.moments(name), held.number(name), held.texts(name)
    if day is not None:
        wanted = read_moment(value)
        return wanted is not None and compare(day.date(), wanted.date())
    if number is not None:
        return value.isascii() and value.isdigit() and compare(number, int(value))
    if text is None:
        return False
    found = value in text.casefold()
    return found if compare(0, 0) else not found
