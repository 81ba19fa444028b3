"""What has changed since: rounds of pages, `@odata.nextLink` to go on, `@odata.deltaLink` for next time.

https://learn.microsoft.com/graph/delta-query-overview: query options on the first call only, they
travel in the token; pages by `Prefer: odata.maxpagesize`.
"""

import base64
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from django.http import HttpResponse, QueryDict

from m365_simulator.graph import errors
from m365_simulator.graph.call import Call, answer_json
from m365_simulator.graph.listing import make_link
from m365_simulator.graph.odata.options import Options

PAGE = 10
TOKENS = ("$skiptoken", "$deltatoken")
# where an entry stands in its round: entries are told in this order, and a page ends at one
Key = tuple[float, int]
START: Key = (float("-inf"), 0)


@dataclass(frozen=True)
class Entry:
    """Something that changed, or went; `row` writes it."""

    key: Key
    row: Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class DeltaRound:
    """What a token carries: the options, the version told last time, that of now, and where to go on."""

    of: str
    query: Mapping[str, str]
    since: int
    until: int
    after: Key = START

    def token(self) -> str:
        told = {**asdict(self), "after": None if self.after == START else self.after}
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


def begin_round(call: Call, of: str) -> DeltaRound:
    """The round that the request goes on with, or a first one; `of` is the folder. Raises GraphError (400)."""
    asked = call.query
    token = next((asked[name] for name in TOKENS if asked.get(name)), "")
    if not token:
        return DeltaRound(of, {k: v for k, v in asked.items() if k not in TOKENS}, 0, call.mailbox.version)
    found = _read(token)
    if found.of != of:
        raise errors.bad_request("Badly formed token.")
    return found if "$skiptoken" in asked else DeltaRound(of, found.query, found.until, call.mailbox.version)


def _read(token: str) -> DeltaRound:
    try:
        told = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
        rank, number = told["after"] or START
        query = {str(name): str(value) for name, value in told["query"].items()}
        after = (float(rank), int(number))
        if told["after"] and not math.isfinite(after[0]):
            raise ValueError("no place in any round")
        return DeltaRound(str(told["of"]), query, int(told["since"]), int(told["until"]), after)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise errors.bad_request("Badly formed token.") from None


def read_delta_options(round_: DeltaRound, read: Callable[[QueryDict], Options]) -> Options:
    """Those that the round began with. Raises GraphError (400)."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in round_.query.items() if name.startswith("$")})
    return read(query)


def answer_page(call: Call, round_: DeltaRound, entries: Iterable[Entry], asked: Options, path: str) -> HttpResponse:
    """`entries` in the order of their keys."""
    size = call.preferences.size or asked.top or PAGE
    told = list(islice((entry for entry in entries if entry.key > round_.after), size + 1))
    body: dict[str, Any] = {"@odata.context": call.context(path, asked)}
    body["value"] = [entry.row() for entry in told[:size]]
    if len(told) > size:
        more = replace(round_, after=told[size - 1].key)
        body["@odata.nextLink"] = make_link(call, {"$skiptoken": more.token()})
    else:
        body["@odata.deltaLink"] = make_link(call, {"$deltatoken": replace(round_, after=START).token()})
    response = answer_json(body)
    if call.preferences.size:
        response["Preference-Applied"] = f"odata.maxpagesize={size}"
    return response


def write_removed(identifier: str, kind: str) -> dict[str, Any]:
    return {"@odata.type": f"#{kind}", "id": identifier, "@removed": {"reason": "deleted"}}
