"""One address of Graph: who asks, may they, which mailbox, then the operation.

An operation is a function of a `Call` that returns a Django response or raises GraphError.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from simulator import switches
from simulator.entra.tokens import BadToken, read_access_token
from simulator.graph import errors
from simulator.graph.call import Call
from simulator.tenant import TENANT, Person

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


Operation = Callable[[Call], HttpResponse]


@dataclass(frozen=True)
class Guarded:
    """An operation with the delegated scopes of which one is enough."""

    run: Operation
    scopes: tuple[str, ...]
    refusal: Callable[[], errors.GraphError] = errors.access_denied


class Door:
    """A Django view in Graph's dress: its headers, its error envelope."""

    csrf_exempt = True

    def __call__(self, request: HttpRequest, **ids: str) -> HttpResponse:
        request.encoding = "utf-8"  # whatever Content-Type says
        request_id = str(uuid.uuid4())
        client_id = one_line(request.headers.get("client-request-id", request_id))
        try:
            response = self.answer(request, {k: v for k, v in ids.items() if v is not None})
        except errors.GraphError as error:
            response = error.response(request_id, client_id)
        return dress(response, request_id, client_id)

    def answer(self, request: HttpRequest, ids: dict[str, str]) -> HttpResponse:
        """Answer, or raise GraphError."""
        raise NotImplementedError


class Endpoint(Door):
    """Keywords are methods: `Endpoint(GET=Guarded(…), POST=Guarded(…))`."""

    def __init__(self, **methods: Guarded) -> None:
        self.methods = methods

    def answer(self, request: HttpRequest, ids: dict[str, str]) -> HttpResponse:
        person, scopes = who(request)
        operation = self.methods.get(request.method or "")
        if operation is None:
            raise errors.method_not_allowed()
        if not scopes.intersection(operation.scopes):
            raise operation.refusal()
        own(person, ids.pop("user", ""))
        with TENANT.lock:
            under_way(person)
            return operation.run(Call(request, person, ids))


def who(request: HttpRequest) -> tuple[Person, frozenset[str]]:
    """The person of the bearer token and its scopes. Raises GraphError (401)."""
    try:
        token = read_access_token(request.headers.get("Authorization"))
    except BadToken as error:
        raise errors.invalid_token(str(error)) from None
    with TENANT.lock:
        person = TENANT.person_by_oid(token.oid)
    if person is None:
        raise errors.invalid_token("The identity of the calling application could not be found.")
    return person, frozenset(token.scopes)


def own(person: Person, user: str) -> None:
    """`/users/{id}` is one's own only; a shared mailbox answers the same 403 in any case."""
    if user and user.casefold() not in (person.oid, person.address.casefold()):
        raise errors.access_denied()


def under_way(person: Person) -> None:
    """Raises GraphError (429) when more requests of this mailbox run than Outlook takes.

    A `$batch` is not one of them; its items are.
    """
    rows = TENANT.requests.rows[-200:]
    running = [
        row
        for row in rows
        if row.service == "graph" and row.person == person.address and row.ended is None and row.path != "/$batch"
    ]
    if len(running) > int(switches.value("mailbox_concurrency")):
        raise errors.over_concurrency()


def one_line(text: str) -> str:
    """A header's value: inside a batch it may hold anything."""
    return "".join(letter for letter in text if letter.isascii() and letter.isprintable())[:100]


def dress(response: HttpResponse, request_id: str, client_id: str) -> HttpResponse:
    """The headers that every answer of Graph carries."""
    response["request-id"] = request_id
    response["client-request-id"] = client_id
    response["x-ms-ags-diagnostic"] = json.dumps(DIAGNOSTIC, separators=(",", ":"))
    if response.status_code == 204:
        del response["Content-Type"]
    else:
        response["Content-Type"] = CONTENT_TYPE
        response["OData-Version"] = "4.0"
    return response
