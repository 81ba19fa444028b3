"""What one can do to the simulator from outside. Bodies are JSON, except a delivered message."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from m365_simulator import switches as table
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.control.door import Wrong, answer, for_programs, json_of
from m365_simulator.delivery import delivery
from m365_simulator.directory.person import Person
from m365_simulator.entra.access_tokens import access_token, some_lifetime
from m365_simulator.entra.scopes import known
from m365_simulator.fault_orders import BadFault, read
from m365_simulator.tenant import TENANT


@for_programs("POST")
def reset(request: HttpRequest) -> HttpResponse:
    """Back to the seeds: mailboxes, faults, log, switches, outbox, sign-ins."""
    TENANT.reset()
    return answer({"reset": True})


@for_programs("GET")
def people(request: HttpRequest) -> HttpResponse:
    """Those that the account picker shows; with `?all=true`, generated ones too."""
    with TENANT.lock:
        shown = TENANT.people.values() if request.GET.get("all") == "true" else TENANT.people.listed()
        return answer([person_row(it) for it in shown])


def person_row(person: Person) -> dict[str, Any]:
    return {
        "address": person.address,
        "name": person.name,
        "oid": person.oid,
        "tid": person.tid,
        "language": person.language,
        "good_for": {"ja": person.good_for_ja, "en": person.good_for_en},
    }


def person_at(address: object) -> Person:
    person = TENANT.person(address) if isinstance(address, str) else None
    if person is None:
        raise Wrong(404, f"Nobody here has the address {address!r}.")
    return person


@for_programs("POST")
def token(request: HttpRequest) -> HttpResponse:
    """`{"address", "scopes": […]}`; also `expires_in` (s; may be negative), `capabilities`."""
    body = json_of(request)
    person = person_at(body.get("address"))
    seconds = body.get("expires_in", some_lifetime())
    if not isinstance(seconds, int):
        raise Wrong(400, "expires_in must be a whole number of seconds.")
    scopes = [scope_of(word) for word in words(body, "scopes")]
    capabilities = words(body, "capabilities")
    made = access_token(person, scopes, seconds=seconds, capabilities=capabilities)
    return answer({"access_token": made})


def words(body: dict[str, Any], name: str) -> list[str]:
    listed = body.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        raise Wrong(400, f"{name} must be a list of strings.")
    return listed


def scope_of(word: str) -> str:
    try:
        return known(word)
    except EntraError:
        raise Wrong(400, f"There is no scope {word!r}.") from None


@for_programs("POST")
def deliver(request: HttpRequest) -> HttpResponse:
    """`?to=ADDRESS`, the message itself as body: rules run, forwards leave."""
    person = person_at(request.GET.get("to"))
    mailbox = TENANT.mailboxes.get(person.oid)
    if mailbox is None:
        raise Wrong(404, f"{person.address} has no mailbox.")
    if request.content_type != "message/rfc822":
        raise Wrong(415, "Send the message with Content-Type message/rfc822.")
    return answer(delivery.deliver(mailbox, request.body))


@for_programs("GET")
def outbox(request: HttpRequest) -> HttpResponse:
    """Rows; with `?message=0`, the first of them as it left: its bytes, as message/rfc822."""
    number = request.GET.get("message")
    with TENANT.lock:
        if number is None:
            return answer([sent.as_row() for sent in TENANT.outbox])
        if not number.isdecimal() or int(number) >= len(TENANT.outbox):
            raise Wrong(404, f"The outbox holds {len(TENANT.outbox)} messages.")
        return HttpResponse(TENANT.outbox[int(number)].raw, content_type="message/rfc822")


@for_programs("GET", "PUT")
def faults(request: HttpRequest) -> HttpResponse:
    """The next requests go wrong as ordered. PUT adds an order; `{"clear": true}` first takes all away."""
    with TENANT.lock:
        if request.method == "PUT":
            change_faults(json_of(request))
        return answer({"faults": TENANT.faults.as_json()})


def change_faults(body: dict[str, Any]) -> None:
    if body.pop("clear", False):
        TENANT.faults.clear()
        if not body:
            return
    try:
        TENANT.faults.add(read(body))
    except BadFault as problem:
        raise Wrong(400, f"{problem}.") from None


@for_programs("GET")
def requests(request: HttpRequest) -> HttpResponse:
    """What was asked of the two hosts, and how it was answered."""
    with TENANT.lock:
        return answer(TENANT.requests.as_json())


@for_programs("GET", "PUT")
def switches(request: HttpRequest) -> HttpResponse:
    """What Microsoft leaves open. PUT `{"name": value, …}`: all of them, or none when one is wrong."""
    with TENANT.lock:
        if request.method == "PUT":
            change_switches(json_of(request))
        return answer({"switches": table.listing()})


def change_switches(body: dict[str, Any]) -> None:
    for name, value in body.items():
        if name not in table.BY_NAME:
            raise Wrong(404, f"There is no switch {name!r}.")
        if not table.BY_NAME[name].admits(value):
            raise Wrong(400, f"The switch {name} does not take {value!r}.")
    for name, value in body.items():
        table.put(name, value)


def unknown(request: HttpRequest, unknown: str) -> HttpResponse:
    return answer({"error": f"There is nothing at /control/{unknown}."}, 404)
