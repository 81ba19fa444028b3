"""Collections in pages, joined by an absolute `@odata.nextLink`."""

from typing import Any
from urllib.parse import quote, urlencode

from simulator.graph.call import Call
from simulator.graph.odata import Options


def page(call: Call, rows: list[dict[str, Any]], asked: Options, size: int, context: str) -> dict[str, Any]:
    """One page of rows, beginning at `$skip`; `size` rows unless `$top` says otherwise."""
    size = asked.top or size
    body: dict[str, Any] = {"@odata.context": call.context(context)}
    if asked.count:
        body["@odata.count"] = len(rows)
    body["value"] = rows[asked.skip : asked.skip + size]
    if asked.skip + size < len(rows):
        body["@odata.nextLink"] = link(call, {**call.query, "$skip": str(asked.skip + size)})
    return body


def link(call: Call, query: dict[str, str]) -> str:
    """The address of this request with another query."""
    return f"{call.base}/{call.path}?{urlencode(query, quote_via=quote, safe='$,()')}"
