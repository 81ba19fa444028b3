"""Up to twenty requests in one: https://learn.microsoft.com/graph/json-batching"""

import base64
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse

from m365_simulator import switches
from m365_simulator.graph.call import Call, answer_json
from m365_simulator.graph.errors import GraphError, bad_request, envelope, unknown_segment
from m365_simulator.middleware import answer_batch_item

MOST = 20
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
INHERITED = (
    "HTTP_AUTHORIZATION",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "REMOTE_ADDR",
    "simulator.connection",
)
INSIDE = "simulator.batch"  # in the environment of a request that came in a batch
VERSION = re.compile(r"^/?(?:v1\.0/)?")


@dataclass(frozen=True)
class BatchItem:
    id: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    waits_for: tuple[str, ...]

    @property
    def has_content_type(self) -> bool:
        return any(name.casefold() == "content-type" for name in self.headers)

    def refusal(self) -> HttpResponse | None:
        """An error of this item alone, before it is asked."""
        if self.body is not None and not self.has_content_type:
            return _refused(missing_content_type(self.id))
        strange = self.strange_segment()
        return _refused(unknown_segment(strange)) if strange else None

    def strange_segment(self) -> str:
        """The first part of an address that is not relative to the version.

        A version in front was seen refused (switch), and so was a whole address:
        https://github.com/microsoftgraph/msgraph-sdk-python/issues/1015
        """
        first = self.url.partition("?")[0].removeprefix("/").partition("/")[0]
        refused = first.endswith(":") or (first == "v1.0" and switches.value("batch_item_version") == "refused")
        return first if refused else ""

    def request(self, outer: HttpRequest) -> HttpRequest:
        """The same request as if it had come over the wire with the outer one's token."""
        path, _, query = VERSION.sub("", self.url.partition("#")[0], count=1).partition("?")
        body = self.body or b""
        environ = {name: outer.META[name] for name in INHERITED if name in outer.META}
        environ |= {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": f"/graph/v1.0/{unquote(path)}".encode("utf-8", "replace").decode("latin-1"),
            "QUERY_STRING": quote(query.encode("utf-8", "replace"), safe="%$&=+,;:'()/?@!*-._~"),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": outer.scheme,
            INSIDE: True,
        }
        return WSGIRequest(environ | {_key(k): v for k, v in self.headers.items()})


def read_items(body: dict[str, Any]) -> list[BatchItem]:
    """The items of a batch. Raises GraphError (400) when the batch as a whole is malformed."""
    listed = body.get("requests")
    if not isinstance(listed, list) or not listed:
        raise bad_request("Invalid batch payload format.")
    if len(listed) > MOST:
        text = f"Number of batch request steps exceeds the maximum value of {MOST}."
        raise bad_request(text, "MaximumValueExceeded")
    made = [_item(one) for one in listed]
    _consistent(made)
    return made


def _consistent(made: list[BatchItem]) -> None:
    """Ids are compared without case; one waits only for those that exist."""
    folded = [item.id.casefold() for item in made]
    if len(set(folded)) != len(folded):
        raise bad_request("Request Id has to be unique in a batch.")
    whole = switches.value("batch_content_type") == "whole"
    for item in made:
        if any(name.casefold() not in folded for name in item.waits_for):
            raise bad_request(f"Request {item.id} depends on an unknown request.")
        if whole and item.body is not None and not item.has_content_type:
            raise missing_content_type(item.id)


def _item(one: Any) -> BatchItem:
    if not isinstance(one, dict):
        raise bad_request("Invalid batch payload format.")
    name, url, method = one.get("id"), one.get("url"), one.get("method")
    if not isinstance(name, str) or not name or not isinstance(url, str) or not url:
        raise bad_request("Request id and url are required in a batch.")
    if not isinstance(method, str) or method.upper() not in METHODS:
        raise bad_request(f"Request {name} has no valid method.")
    body = one.get("body")
    return BatchItem(
        id=name,
        method=method.upper(),
        url=url,
        headers=_texts(one.get("headers")),
        body=None if body is None else json.dumps(body).encode(),
        waits_for=_names(one.get("dependsOn")),
    )


def _texts(headers: Any) -> dict[str, str]:
    headers = {} if headers is None else headers
    if not isinstance(headers, dict):
        raise bad_request("Invalid batch payload format.")
    return {str(name): str(value) for name, value in headers.items()}


def _names(listed: Any) -> tuple[str, ...]:
    listed = [] if listed is None else listed
    if not isinstance(listed, list):
        raise bad_request("Invalid batch payload format.")
    return tuple(str(name) for name in listed)


def missing_content_type(name: str) -> GraphError:
    text = f"Write request id : {name} does not contain Content-Type header or body."
    return bad_request(text)


def failed_dependency(name: str) -> dict[str, Any]:
    """The answer of an item whose forerunner failed."""
    text = f"A request that {name} depends on has failed."
    return {
        "id": name,
        "status": 424,
        "headers": {"Content-Type": "application/json"},
        "body": envelope("FailedDependency", text, "", ""),
    }


def _refused(error: GraphError) -> JsonResponse:
    return error.response("", "")


def _key(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name == "CONTENT_TYPE" else f"HTTP_{name}"


def batch(call: Call) -> HttpResponse:
    """The outer answer is 200 whatever its items say; order is not kept (switch)."""
    if INSIDE in call.request.META:
        raise unknown_segment("$batch")
    asked = read_items(call.body())
    made = list(Batch(call.request, asked).answers().values())
    if switches.value("batch_order") == "reversed":
        made.reverse()
    return answer_json({"responses": made})


@dataclass(frozen=True)
class Batch:
    """The items of one batch on their way."""

    request: HttpRequest
    items: list[BatchItem]

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
            made[item.id] = failed_dependency(item.id) if dead else self._ask(item)
        return made

    def _ask(self, item: BatchItem) -> dict[str, Any]:
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
