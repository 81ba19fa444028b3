"""Up to twenty requests in one: https://learn.microsoft.com/graph/json-batching"""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from m365_simulator import switches
from m365_simulator.graph.batch_item import INSIDE, Item, failed, items
from m365_simulator.graph.call import Call, answer
from m365_simulator.graph.errors import unknown_segment
from m365_simulator.middleware import answer_batch_item


def batch(call: Call) -> HttpResponse:
    """The outer answer is 200 whatever its items say; order is not kept (switch)."""
    if INSIDE in call.request.META:
        raise unknown_segment("$batch")
    asked = items(call.body())
    made = list(Round(call.request, asked).answers().values())
    if switches.value("batch_order") == "reversed":
        made.reverse()
    return answer({"responses": made})


@dataclass(frozen=True)
class Round:
    """The items of one batch on their way."""

    request: HttpRequest
    items: list[Item]

    def answers(self) -> dict[str, dict[str, Any]]:
        """By id, in the order sent. Whoever waits for another makes all go one by one."""
        if any(item.waits_for for item in self.items):
            return self._one_by_one()
        with ThreadPoolExecutor(int(switches.value("batch_parallelism"))) as pool:
            made = pool.map(self._ask, self.items)
            return dict(zip((item.id for item in self.items), made, strict=True))

    def _one_by_one(self) -> dict[str, dict[str, Any]]:
        made: dict[str, dict[str, Any]] = {}
        for item in self.items:
            needed = [made.get(name, {"status": 424})["status"] for name in item.waits_for]
            dead = any(status >= 400 for status in needed)
            made[item.id] = failed(item.id) if dead else self._ask(item)
        return made

    def _ask(self, item: Item) -> dict[str, Any]:
        refused = item.refusal()
        response = refused if refused else answer_batch_item(item.request(self.request))
        return {
            "id": item.id,
            "status": response.status_code,
            "headers": _headers(response),
            **_body(response),
        }


def _headers(response: HttpResponse) -> dict[str, str]:
    kept = ("Content-Type", "Retry-After", "Location", "WWW-Authenticate", "request-id")
    return {name: response[name] for name in kept if name in response}


def _body(response: HttpResponse) -> dict[str, Any]:
    """JSON as JSON, other text (or half of some JSON) as text, bytes as base64; no key at all when there is nothing."""
    if not response.content:
        return {}
    try:
        return {"body": json.loads(response.content)}
    except ValueError:
        if response.get("Content-Type", "").startswith(("text/", "application/json")):
            return {"body": response.content.decode("utf-8", "replace")}
        return {"body": base64.b64encode(response.content).decode()}
