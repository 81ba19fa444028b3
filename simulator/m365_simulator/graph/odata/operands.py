"""What a filter compares: literals, properties, functions, and what any or all of a collection do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from m365_simulator.graph.errors import bad_request, unknown_select
from m365_simulator.graph.extended_properties import normalise_id
from m365_simulator.graph.odata import functions
from m365_simulator.graph.odata.terms import NULL, NUMBER, Scope, Term, make_literal, read_moment
from m365_simulator.graph.odata.tokens import Tokens
from m365_simulator.graph.type_lists import BOOL, GUID, MOMENT, STRING, TYPES
from m365_simulator.graph.vocabulary import EXTENDED, EXTENDED_PROPERTY, Entity

DEEPEST = 50
CONSTANTS = {"true": (BOOL, True), "false": (BOOL, False), "null": (NULL, None)}
Value = Callable[[Scope], Any]


def require_boolean(term: Term) -> Term:
    if term.type != BOOL:
        raise bad_request("The $filter expression must evaluate to a single boolean value.")
    return term


def as_declared(name: str, known: Mapping[str, object]) -> str:
    """A property is known in any case: Microsoft's own examples have `ep/Id`.

    https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get
    """
    return next((it for it in known if it.casefold() == name.casefold()), name)


@dataclass
class Operands:
    """`variables` are those of the lambdas around, with their types; `paths` the properties read so far.

    `ids` are those of extended properties that something was compared with.
    """

    tokens: Tokens
    entity: Entity
    condition: Callable[[], Term]
    paths: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def read(self) -> Term:
        """Raises GraphError (400)."""
        if self.tokens.accept("("):
            inner = self.deeper(self.condition)
            self.tokens.expect(")")
            return inner
        kind = self.tokens.next.kind
        if kind in ("string", "guid", "moment", "number"):
            return self._literal()
        if kind != "word":
            raise self.tokens.wrong()
        return self._named(self.tokens.take().text)

    def deeper(self, read: Callable[[], Term]) -> Term:
        self.depth += 1
        if self.depth > DEEPEST:
            raise bad_request("Recursion depth exceeded allowed limit.")
        made = read()
        self.depth -= 1
        return made

    def known_id(self, term: Term, other: Term) -> Term:
        """A literal that the id of an extended property is compared with is noted, and normalised."""
        path = "id" if self.entity is EXTENDED_PROPERTY else f"{EXTENDED}/id"
        if other.path != path or not term.text:
            return term
        self.ids.append(term.text)
        return make_literal(STRING, normalise_id(term.text), term.text)

    def _literal(self) -> Term:
        token = self.tokens.take()
        if token.kind == "string":
            text = token.text[1:-1].replace("''", "'")
            return make_literal(STRING, text, text)
        if token.kind == "guid":
            return make_literal(GUID, token.text.lower())
        if token.kind == "number":
            return make_literal(NUMBER, float(token.text))
        made = read_moment(token.text)
        if made is None:
            raise bad_request(f"Unrecognized 'Edm.DateTimeOffset' literal '{token.text}' at '{token.at}'.")
        return make_literal(MOMENT, made)

    def _named(self, word: str) -> Term:
        if word in CONSTANTS:
            return make_literal(*CONSTANTS[word])
        if self.tokens.accept("("):
            return self.deeper(lambda: self._called(word))
        return self._path(word)

    def _called(self, name: str) -> Term:
        given = [self.read()]
        if name == "cast":
            self.tokens.expect(",")
            made = functions.cast_term(given[0], self.tokens.take().text)
        else:
            while self.tokens.accept(","):
                given.append(self.read())
            made = functions.call_function(name, given)
        self.tokens.expect(")")
        return made

    def _path(self, first: str) -> Term:
        """`from/emailAddress/address`, `categories/any(c:c eq 'x')`, or a lambda's variable."""
        if first not in self.variables:
            first = as_declared(first, {**self.entity.properties, **self.entity.navigation})
        kind, of = self._start(first)
        names = [first]
        while self.tokens.accept("/"):
            name = self.tokens.take().text
            if name.casefold() in ("any", "all") and self.tokens.next.text == "(":
                self.paths.append("/".join(names))
                return self.deeper(partial(self._quantified, name.casefold(), kind, of))
            name = as_declared(name, TYPES.get(kind, {}))
            kind, of = self._member(name, kind, of)
            names.append(name)
        if self.variables.get(first) == EXTENDED_PROPERTY.short:
            return Term(kind, of, path=f"{EXTENDED}/{names[-1]}")
        if first not in self.variables:
            self.paths.append("/".join(names))
        return Term(kind, of, path="/".join(names))

    def _start(self, name: str) -> tuple[str, Value]:
        if name in self.variables:
            return self.variables[name], lambda scope: scope[name]
        if name in self.entity.properties:
            return self.entity.properties[name], lambda scope: scope[""].value(name)
        if name == EXTENDED and name in self.entity.navigation:
            return self.entity.navigation[name], lambda scope: scope[""].extended(tuple(self.ids))
        raise unknown_select(name, self.entity.name)

    def _member(self, name: str, kind: str, of: Value) -> tuple[str, Value]:
        inside = TYPES.get(kind, {})
        if name not in inside:
            raise unknown_select(name, f"microsoft.graph.{kind}" if kind in TYPES else kind)

        def member(scope: Scope) -> Any:
            held = of(scope)
            return held.get(name) if isinstance(held, dict) else None

        return inside[name], member

    def _quantified(self, how: str, kind: str, of: Value) -> Term:
        if not kind.startswith("["):
            raise bad_request("Any/All may only be used following a collection.")
        self.tokens.expect("(")
        variable = self.tokens.take().text
        self.tokens.expect(":")
        outer, self.variables = self.variables, {**self.variables, variable: kind.strip("[]")}
        inner = require_boolean(self.condition())
        self.variables = outer
        self.tokens.expect(")")
        quantifier = any if how == "any" else all
        return Term(
            BOOL,
            lambda scope: quantifier(inner.of({**scope, variable: held}) is True for held in of(scope) or ()),
        )
