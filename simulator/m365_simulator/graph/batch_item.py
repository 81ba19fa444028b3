"""One request inside a batch."""

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse

from m365_simulator import switches
from m365_simulator.graph.errors import GraphError, bad_request, envelope, unknown_segment

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
class Item:
    id: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    waits_for: tuple[str, ...]

    @property
    def typed(self) -> bool:
        return any(name.casefold() == "content-type" for name in self.headers)

    def refusal(self) -> HttpResponse | None:
        """An error of this item alone, before it is asked."""
        if self.body is not None and not self.typed:
            return _refused(untyped(self.id))
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


def items(body: dict[str, Any]) -> list[Item]:
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


def _consistent(made: list[Item]) -> None:
    """Ids are compared without case; one waits only for those that exist."""
    folded = [item.id.casefold() for item in made]
    if len(set(folded)) != len(folded):
        raise bad_request("Request Id has to be unique in a batch.")
    whole = switches.value("batch_content_type") == "whole"
    for item in made:
        if any(name.casefold() not in folded for name in item.waits_for):
            raise bad_request(f"Request {item.id} depends on an unknown request.")
        if whole and item.body is not None and not item.typed:
            raise untyped(item.id)


def _item(one: Any) -> Item:
    if not isinstance(one, dict):
        raise bad_request("Invalid batch payload format.")
    name, url, method = one.get("id"), one.get("url"), one.get("method")
    if not isinstance(name, str) or not name or not isinstance(url, str) or not url:
        raise bad_request("Request id and url are required in a batch.")
    if not isinstance(method, str) or method.upper() not in METHODS:
        raise bad_request(f"Request {name} has no valid method.")
    body = one.get("body")
    return Item(
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


def untyped(name: str) -> GraphError:
    text = f"Write request id : {name} does not contain Content-Type header or body."
    return bad_request(text)


def failed(name: str) -> dict[str, Any]:
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
