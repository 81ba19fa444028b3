"""What every answer of Graph has: its headers, and its envelope around an error."""

import functools
import json
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from m365_simulator.graph import errors

CONTENT_TYPE = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
DIAGNOSTIC = {
    "ServerInfo": {
        "DataCenter": "Japan East",
        "Slice": "E",
        "Ring": "5",
        "ScaleUnit": "001",
        "RoleInstance": "SIMULATED",
    }
}
View = Callable[..., HttpResponse]


def with_graph_headers(view: View) -> View:
    """The Django view around one that may raise GraphError."""

    @functools.wraps(view)
    def answer_with_headers(request: HttpRequest, **parts: str) -> HttpResponse:
        request.encoding = "utf-8"  # whatever Content-Type says
        request_id = str(uuid.uuid4())
        client_id = one_line(request.headers.get("client-request-id", request_id))
        try:
            response = view(request, **parts)
        except errors.GraphError as error:
            response = error.response(request_id, client_id)
        return add_headers(response, request_id, client_id)

    return answer_with_headers


def one_line(text: str) -> str:
    """A header's value: inside a batch it may hold anything."""
    return "".join(letter for letter in text if letter.isascii() and letter.isprintable())[:100]


def add_headers(response: HttpResponse, request_id: str, client_id: str) -> HttpResponse:
    response["request-id"] = request_id
    response["client-request-id"] = client_id
    response["x-ms-ags-diagnostic"] = json.dumps(DIAGNOSTIC, separators=(",", ":"))
    if isinstance(response, JsonResponse):
        response["Content-Type"] = CONTENT_TYPE
        response["OData-Version"] = "4.0"
    elif response.status_code in (204, 304):
        del response["Content-Type"]
    return response
