"""What a filter may call: https://learn.microsoft.com/graph/filter-query-parameter"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from m365_simulator.graph.errors import bad_request
from m365_simulator.graph.odata.terms import NULL, NUMBER, Scope, Term
from m365_simulator.graph.type_lists import BOOL, STRING

Words = Callable[..., Any]
CALLS: dict[str, tuple[int, str, Words]] = {
    "contains": (2, BOOL, lambda text, part: part in text),
    "startswith": (2, BOOL, lambda text, part: text.startswith(part)),
    "endswith": (2, BOOL, lambda text, part: text.endswith(part)),
    "tolower": (1, STRING, lambda text: text),
    "toupper": (1, STRING, lambda text: text),
    "trim": (1, STRING, lambda text: text.strip()),
    "length": (1, NUMBER, len),
}
CASTS: dict[str, Callable[[Any], Any]] = {
    "edm.int32": int,
    "edm.int64": int,
    "edm.double": float,
    "edm.guid": lambda text: str(UUID(text)),
    "edm.string": str,
    "edm.boolean": lambda text: str(text).casefold() == "true",
}


def call_function(name: str, given: Sequence[Term]) -> Term:
    """Raises GraphError (400) for an unknown function or arguments that are no strings."""
    if name not in CALLS:
        raise bad_request(
            f"An unknown function with name '{name}' was found. This may also be a function import or a key "
            "lookup on a navigation property, which is not allowed."
        )
    count, returns, words = CALLS[name]
    if len(given) != count or any(term.type not in (STRING, NULL) for term in given):
        raise bad_request(f"No function signature for the function with name '{name}' matches the specified arguments.")

    def of(scope: Scope) -> Any:
        """Strings are compared without case, so they are folded here."""
        texts = [term.of(scope) for term in given]
        if any(not isinstance(text, str) for text in texts):
            return False if returns == BOOL else None
        return words(*(text.casefold() for text in texts))

    return Term(returns, of)


def cast_term(term: Term, type_name: str) -> Term:
    """`cast(ep/value, Edm.Int32)`. What cannot be read as the type is null."""
    read = CASTS.get(type_name.casefold())
    if read is None:
        raise bad_request(f"The type '{type_name}' is not defined in the model.")

    def of(scope: Scope) -> Any:
        try:
            return read(term.of(scope))
        except (ValueError, TypeError, AttributeError):
            return None

    kind = NUMBER if type_name.casefold() in ("edm.int32", "edm.int64", "edm.double") else type_name.title()
    return Term({"Edm.String": STRING, "Edm.Boolean": BOOL}.get(kind, kind), of)
