"""The query options of a request, read and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from m365_simulator.graph.errors import GraphError, bad_request, unknown_select
from m365_simulator.graph.odata import filter as filters
from m365_simulator.graph.odata import order
from m365_simulator.graph.odata.filter import Filter
from m365_simulator.graph.odata.order import Order
from m365_simulator.graph.vocabulary import ATTACHMENT, EXTENDED, EXTENDED_PROPERTY, Entity

OF_ONE = ("$select", "$expand", "$format")
OF_MANY = (*OF_ONE, "$filter", "$top", "$skip", "$orderby", "$count")
MAX_TOP = 1000
INT32 = 2**31 - 1


@dataclass(frozen=True)
class Options:
    """What was asked for. `select`, `filter`, `search` and `top` are None when they were not.

    `property_ids` are the extended properties in an expansion of them.
    """

    select: tuple[str, ...] | None = None
    expand: Mapping[str, "Options"] = field(default_factory=dict)
    filter: Filter | None = None
    orderby: tuple[Order, ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    search: str | None = None
    token: str = ""

    @property
    def property_ids(self) -> tuple[str, ...]:
        return self.filter.ids if self.filter else ()


def read_options_of_one(query: QueryDict, entity: Entity) -> Options:
    """Those of a request for one thing. Raises GraphError (400)."""
    return read_options(read_query(query), entity, OF_ONE)


def read_options_of_many(query: QueryDict, entity: Entity, *more: str) -> Options:
    """Those of a request for a collection; `more` are options that it takes besides."""
    return read_options(read_query(query), entity, (*OF_MANY, *more))


def read_query(query: QueryDict) -> dict[str, str]:
    """By name; OData's own names in lower case. Raises GraphError (400) when one comes twice."""
    made: dict[str, str] = {}
    for name, values in query.lists():
        known = name.lower() if name.startswith("$") else name
        if known.startswith("$") and (len(values) > 1 or known in made):
            text = f"Query option '{known}' was specified more than once, but it must be specified at most once."
            raise bad_request(text)
        made[known] = str(values[-1])
    return made


def read_options(
    query: Mapping[str, str], entity: Entity, known: tuple[str, ...], *, outermost: bool = True
) -> Options:
    for name in query:
        if name.startswith("$") and name not in known:
            raise _misplaced(name)
    return Options(
        select=_select(query.get("$select"), entity),
        expand=dict(_expand(query.get("$expand", ""), entity, outermost=outermost)),
        filter=filters.parse_filter(query["$filter"], entity) if "$filter" in query else None,
        orderby=order.parse_order(query["$orderby"], entity) if "$orderby" in query else (),
        top=_number("$top", query["$top"], MAX_TOP) if "$top" in query else None,
        skip=_number("$skip", query.get("$skip", "0")),
        count=_flag("$count", query.get("$count", "false")),
        search=query.get("$search"),
        token=query.get("$skiptoken", ""),
    )


def _misplaced(name: str) -> GraphError:
    if name in OF_MANY:
        text = "Query options $filter, $orderby, $count, $skip, and $top can be applied only on collections."
        return bad_request(f"The requested resource is not a collection. {text}")
    return bad_request(f"The query parameter '{name}' is not supported.")


def _select(text: str | None, entity: Entity) -> tuple[str, ...] | None:
    if text is None or text.strip() in ("", "*"):
        return None
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in entity.properties and name not in entity.navigation:
            raise unknown_select(name, entity.name)
    return names


def _expand(text: str, entity: Entity, *, outermost: bool) -> Iterator[tuple[str, Options]]:
    for part in split_outside_brackets(text, ","):
        name, _, inner = part.strip().partition("(")
        if name not in entity.navigation:
            raise unknown_select(name, entity.name)
        if name not in entity.expandable:
            raise bad_request(f"Property '{name}' cannot be expanded.", "ErrorInvalidUrlQuery")
        if name == "childFolders" and not outermost:
            raise bad_request("The $expand depth is limited to one level.", "ErrorInvalidUrlQuery")
        yield name, _inner(inner.strip().removesuffix(")"), name, entity)


def _inner(text: str, name: str, entity: Entity) -> Options:
    pairs = (pair.partition("=") for pair in split_outside_brackets(text, ";"))
    query = {key.strip().lower(): value.strip() for key, _, value in pairs}
    if name == EXTENDED:
        return _extended(query)
    if name == "childFolders":
        return read_options(query, entity, OF_MANY, outermost=False)
    return read_options(query, ATTACHMENT, OF_MANY) if name == "attachments" else Options()


def _extended(query: dict[str, str]) -> Options:
    """`$filter=id eq 'Long 0x0E08' or id eq '…'`: without it, nobody knows which are meant."""
    made = read_options(query, EXTENDED_PROPERTY, ("$filter", "$select"))
    if not made.property_ids:
        raise bad_request("The extended property filter is missing.", "ErrorInvalidUrlQueryFilter")
    return made


def split_outside_brackets(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside brackets and quotes; nothing for empty text."""
    parts, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(letter, 0)
        if letter == mark and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]


def _number(name: str, text: str, most: int = INT32) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII):
        need = f"The {name} query option requires a non-negative integer value."
        raise bad_request(f"Invalid value '{text}' for {name} query option found. {need}")
    if int(text) > most or (name == "$top" and int(text) == 0):
        raise bad_request(f"Invalid page size specified: '{text}'. Must be between 1 and {most} inclusive.")
    return int(text)


def _flag(name: str, text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise bad_request(f"Invalid value '{text}' for {name} query option found. Valid values are 'true' or 'false'.")
    return text.casefold() == "true"
