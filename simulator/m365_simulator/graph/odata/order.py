"""`$orderby`, and what Outlook refuses of it beside `$filter`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from m365_simulator.graph.errors import bad_request, unknown_select
from m365_simulator.graph.odata.filter import Filter
from m365_simulator.graph.odata.row import Row
from m365_simulator.graph.odata.terms import make_comparable
from m365_simulator.graph.odata.tokens import END, Tokens
from m365_simulator.graph.type_lists import ENUMS, TYPES
from m365_simulator.graph.vocabulary import Entity

T = TypeVar("T")


@dataclass(frozen=True)
class Order:
    path: str
    type: str
    descending: bool

    def key(self, row: Row) -> tuple[bool, Any]:
        """Nothing comes before something."""
        first, *rest = self.path.split("/")
        value = row.value(first)
        for name in rest:
            value = value.get(name) if isinstance(value, dict) else None
        key = make_comparable(self.type, value)
        return (False, 0) if key is None else (True, key)


def parse_order(text: str, entity: Entity) -> tuple[Order, ...]:
    """Raises GraphError (400)."""
    tokens = Tokens(text)
    made = [_one(tokens, entity)]
    while tokens.accept(","):
        made.append(_one(tokens, entity))
    if tokens.next.kind != END:
        raise tokens.wrong()
    return tuple(made)


def _one(tokens: Tokens, entity: Entity) -> Order:
    names, kind = [_word(tokens)], entity.short
    while tokens.accept("/"):
        names.append(_word(tokens))
    for name in names:
        if name not in TYPES.get(kind, {}):
            raise unknown_select(name, f"microsoft.graph.{kind}" if kind in TYPES else kind)
        kind = TYPES[kind][name]
    if not kind.startswith("Edm.") and kind not in ENUMS:
        raise bad_request("The $orderby expression must evaluate to a single value of primitive type.")
    return Order("/".join(names), kind, tokens.accept("asc", "desc") == "desc")


def _word(tokens: Tokens) -> str:
    if tokens.next.kind != "word":
        raise tokens.wrong()
    return tokens.take().text


def sort_rows(items: Sequence[T], orders: Sequence[Order], row: Callable[[T], Row]) -> Sequence[T]:
    """In the order asked for; equals stay as they were."""
    for order in reversed(orders):
        items = sorted(items, key=lambda item: order.key(row(item)), reverse=order.descending)
    return items


def check_efficient(orders: Sequence[Order], held: Filter | None) -> None:
    """https://learn.microsoft.com/graph/api/user-list-messages: what is ordered by comes first in the filter.

    Raises GraphError (400).
    """
    wanted = [order.path for order in orders]
    if held and wanted and list(held.paths[: len(wanted)]) != wanted:
        text = "The restriction or sort order is too complex for this operation."
        raise bad_request(text, "InefficientFilter")
