"""`$filter`: read once, then tried on rows.

The grammar is OData's (https://docs.oasis-open.org/odata/odata/v4.01/), without arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from m365_simulator.graph.odata.operands import Operands, require_boolean
from m365_simulator.graph.odata.row import Row
from m365_simulator.graph.odata.terms import COMPARE, Scope, Term, compare_terms
from m365_simulator.graph.odata.tokens import END, Tokens
from m365_simulator.graph.type_lists import BOOL
from m365_simulator.graph.vocabulary import Entity


@dataclass(frozen=True)
class Filter:
    """`paths` are the properties it names, in their order; `ids` the extended ones."""

    text: str
    holds: Callable[[Scope], Any]
    paths: tuple[str, ...]
    ids: tuple[str, ...]

    def test(self, row: Row) -> bool:
        return self.holds({"": row}) is True


def parse_filter(text: str, entity: Entity) -> Filter:
    """Raises GraphError (400)."""
    reader = Reader(Tokens(text), entity)
    term = reader.whole()
    operands = reader.operands
    return Filter(text, term.of, tuple(dict.fromkeys(operands.paths)), tuple(operands.ids))


class Reader:
    """A descent through the grammar: or, and, not, comparisons."""

    def __init__(self, tokens: Tokens, entity: Entity) -> None:
        self.tokens = tokens
        self.operands = Operands(tokens, entity, self.condition)

    def whole(self) -> Term:
        term = require_boolean(self.condition())
        if self.tokens.next.kind != END:
            raise self.tokens.wrong()
        return term

    def condition(self) -> Term:
        return self._joined("or", self._all, any)

    def _all(self) -> Term:
        return self._joined("and", self._negated, all)

    def _joined(self, word: str, part: Callable[[], Term], how: Callable[[Any], bool]) -> Term:
        first = part()
        if self.tokens.next.text != word:
            return first
        terms = [require_boolean(first)]
        while self.tokens.accept(word):
            terms.append(require_boolean(part()))
        return Term(BOOL, lambda scope: how(term.of(scope) is True for term in terms))

    def _negated(self) -> Term:
        if not self.tokens.accept("not"):
            return self._compared()
        inner = require_boolean(self.operands.deeper(self._negated))
        return Term(BOOL, lambda scope: inner.of(scope) is not True)

    def _compared(self) -> Term:
        left = self.operands.read()
        if self.tokens.accept("in"):
            return self._one_of(left)
        operator = self.tokens.accept(*COMPARE)
        if not operator:
            return left
        right = self.operands.read()
        known = self.operands.known_id
        return compare_terms(operator, known(left, right), known(right, left))

    def _one_of(self, left: Term) -> Term:
        self.tokens.expect("(")
        choices = [compare_terms("eq", left, self.operands.read())]
        while self.tokens.accept(","):
            choices.append(compare_terms("eq", left, self.operands.read()))
        self.tokens.expect(")")
        return Term(BOOL, lambda scope: any(choice.of(scope) for choice in choices))
