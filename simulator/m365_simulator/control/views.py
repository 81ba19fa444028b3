"""What one can do to the simulator from outside. Bodies are JSON, except a delivered message."""

from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse

from m365_simulator import switches as table
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.control.api import ControlError, answer, for_programs, read_json
from m365_simulator.delivery import delivery
from m365_simulator.directory.person import Person
from m365_simulator.entra.access_tokens import choose_lifetime, make_access_token
from m365_simulator.entra.scopes import read_scope
from m365_simulator.fault_orders import BadFault, read_fault
from m365_simulator.generate.plan import Plan
from m365_simulator.tenant import TENANT

PLAN_MEMBERS = [field.name for field in fields(Plan)]


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


def find_person(address: object) -> Person:
    person = TENANT.person(address) if isinstance(address, str) else None
    if person is None:
        raise ControlError(404, f"Nobody here has the address {address!r}.")
    return person


@for_programs("POST")
def token(request: HttpRequest) -> HttpResponse:
    """`{"address", "scopes": […]}`; also `expires_in` (s; may be negative), `capabilities`."""
    body = read_json(request)
    person = find_person(body.get("address"))
    seconds = body.get("expires_in", choose_lifetime())
    if not isinstance(seconds, int):
        raise ControlError(400, "expires_in must be a whole number of seconds.")
    scopes = [require_scope(word) for word in read_words(body, "scopes")]
    capabilities = read_words(body, "capabilities")
    made = make_access_token(person, scopes, seconds=seconds, capabilities=capabilities)
    return answer({"access_token": made})


def read_words(body: dict[str, Any], name: str) -> list[str]:
    listed = body.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        raise ControlError(400, f"{name} must be a list of strings.")
    return listed


def require_scope(word: str) -> str:
    try:
        return read_scope(word)
    except EntraError:
        raise ControlError(400, f"There is no scope {word!r}.") from None


@for_programs("POST")
def deliver(request: HttpRequest) -> HttpResponse:
    """`?to=ADDRESS`, the message itself as body: rules run, forwards leave."""
    person = find_person(request.GET.get("to"))
    mailbox = TENANT.mailboxes.get(person.oid)
    if mailbox is None:
        raise ControlError(404, f"{person.address} has no mailbox.")
    if request.content_type != "message/rfc822":
        raise ControlError(415, "Send the message with Content-Type message/rfc822.")
    return answer(delivery.deliver(mailbox, request.body))


@for_programs("GET")
def outbox(request: HttpRequest) -> HttpResponse:
    """Rows; with `?message=0`, the first of them as it left: its bytes, as message/rfc822."""
    number = request.GET.get("message")
    with TENANT.lock:
        if number is None:
            return answer([sent.as_row() for sent in TENANT.outbox])
        if not number.isdecimal() or int(number) >= len(TENANT.outbox):
            raise ControlError(404, f"The outbox holds {len(TENANT.outbox)} messages.")
        return HttpResponse(TENANT.outbox[int(number)].raw, content_type="message/rfc822")


@for_programs("GET", "PUT")
def faults(request: HttpRequest) -> HttpResponse:
    """The next requests go wrong as ordered. PUT adds an order; `{"clear": true}` first takes all away."""
    with TENANT.lock:
        if request.method == "PUT":
            change_faults(read_json(request))
        return answer({"faults": TENANT.faults.as_json()})


def change_faults(body: dict[str, Any]) -> None:
    if body.pop("clear", False):
        TENANT.faults.clear()
        if not body:
            return
    try:
        TENANT.faults.add(read_fault(body))
    except BadFault as problem:
        raise ControlError(400, f"{problem}.") from None


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
            change_switches(read_json(request))
        return answer({"switches": table.list_switches()})


def change_switches(body: dict[str, Any]) -> None:
    for name, value in body.items():
        if name not in table.BY_NAME:
            raise ControlError(404, f"There is no switch {name!r}.")
        if not table.BY_NAME[name].admits(value):
            raise ControlError(400, f"The switch {name} does not take {value!r}.")
    for name, value in body.items():
        table.put(name, value)


def unknown(request: HttpRequest, unknown: str) -> HttpResponse:
    return answer({"error": f"There is nothing at /control/{unknown}."}, 404)


@for_programs("POST")
def generate(request: HttpRequest) -> HttpResponse:
    """`{"number": 7, "people": 20000, "messages": 100000, "folders": 1000}`: the same number makes the same tenant.

    It lasts until the reset. The answer says which addresses there are now.
    """
    plan = read_plan(request)
    with TENANT.lock:
        plan.carry_out(TENANT)
    return answer(plan.as_json())


def read_plan(request: HttpRequest) -> Plan:
    body = read_json(request)
    for name, value in body.items():
        if name not in PLAN_MEMBERS:
            raise ControlError(400, f"unknown: {name}; known: {', '.join(PLAN_MEMBERS)}.")
        if type(value) is not int:
            raise ControlError(400, f"{name} must be a whole number.")
    plan = Plan(**{"number": 1, **body})
    if plan.problem():
        raise ControlError(400, f"{plan.problem()}.")
    return plan
