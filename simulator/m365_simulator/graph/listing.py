"""Collections: filtered, ordered, cut into pages that an absolute `@odata.nextLink` joins."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from django.http import HttpResponse

from m365_simulator.graph.call import Call, answer_json
from m365_simulator.graph.odata.options import Options
from m365_simulator.graph.odata.order import sort_rows
from m365_simulator.graph.odata.row import Row
from m365_simulator.graph.odata.writing import WritableRow, write_row

T = TypeVar("T")


# the option that leads on from a number of rows, and how it says that
BY_NUMBER: Mapping[str, Callable[[int], str]] = {"$skip": str}


def answer_list(
    call: Call,
    items: Sequence[T],
    row: Callable[[T], WritableRow],
    asked: Options,
    *,
    size: int,
    path: str,
    more: Mapping[str, Callable[[int], str]] = BY_NUMBER,
) -> HttpResponse:
    """One page; `size` rows unless `$top` says otherwise. `path` is the collection's in the context."""
    items = sort_rows(filter_items(items, row, asked), asked.orderby, row)
    size, end = asked.top or size, asked.skip + (asked.top or size)
    body: dict[str, Any] = {"@odata.context": call.context(path, asked)}
    if asked.count:
        body["@odata.count"] = len(items)
    body["value"] = [write_row(row(item), asked) for item in items[asked.skip : end]]
    if end < len(items):
        body["@odata.nextLink"] = make_link(call, {**call.query, **{name: say(end) for name, say in more.items()}})
    return answer_json(body)


def answer_count(items: Sequence[T], row: Callable[[T], Row], asked: Options) -> HttpResponse:
    """The answer to `…/$count`: a bare number."""
    return HttpResponse(str(len(filter_items(items, row, asked))), content_type="text/plain")


def filter_items(items: Sequence[T], row: Callable[[T], Row], asked: Options) -> Sequence[T]:
    if asked.filter is None:
        return items
    return [item for item in items if asked.filter.test(row(item))]


def answer_one(
    call: Call, row: WritableRow, asked: Options, path: str, status: int = 200, type_: str = ""
) -> HttpResponse:
    """A single thing of the collection at this path; `type_` is named in it."""
    context = {"@odata.context": call.context(path, asked, single=True)}
    named = {"@odata.type": f"#{type_}"} if type_ else {}
    return answer_json({**context, **named, **write_row(row, asked)}, status)


def make_link(call: Call, query: dict[str, str]) -> str:
    """The address of this request with another query."""
    return f"{call.base}/{call.path}?{urlencode(query, quote_via=quote, safe='$,()')}"
