"""The way every request takes: into the log, past the faults, to its view.

The items of a Graph `$batch` take it too (`answer_batch_item`), so that faults hit them and the log lists them.
"""

import time
from collections.abc import Callable
from typing import cast

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from m365_simulator.directory.person import Person
from m365_simulator.entra.access_tokens import BadToken, read_claims
from m365_simulator.faults import Fault
from m365_simulator.requests_log import LoggedRequest
from m365_simulator.tenant import TENANT

View = Callable[[HttpRequest], HttpResponse]
SERVICES = {"graph": "/graph/v1.0", "login": "/login"}


def answer_batch_item(request: HttpRequest) -> HttpResponse:
    """Answer one item of a `$batch`; `request.path_info` is the full path, /graph/v1.0/…"""
    return observe(request, cast(View, convert_exception_to_response(dispatch)), batch=True)


def dispatch(request: HttpRequest) -> HttpResponse:
    view, args, kwargs = resolve(request.path_info)
    return cast(HttpResponse, view(request, *args, **kwargs))


class ObserveRequests:
    """The middleware for what comes over the wire; /control is not observed."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if find_service(request) is None:
            return self.get_response(request)
        return observe(request, self.get_response, batch=False)


def find_service(request: HttpRequest) -> str | None:
    return next((name for name in SERVICES if request.path_info.startswith(f"/{name}/")), None)


def read_path(request: HttpRequest, service: str) -> str:
    """Below /graph/v1.0, or below /login/<tenant>; with the query as it was sent."""
    path = request.path_info.removeprefix(SERVICES[service])
    if service == "login":
        path = "/" + path.lstrip("/").partition("/")[2]
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def observe(request: HttpRequest, view: View, *, batch: bool) -> HttpResponse:
    row = log_start(request, batch=batch)
    status = 500
    try:
        with TENANT.lock:
            fault = TENANT.faults.take(f"{row.method} {row.path}", row.person)
        response = view(request) if fault is None else apply_fault(fault, request, view)
        status = 0 if fault and fault.is_silent else response.status_code
    finally:
        with TENANT.lock:
            TENANT.requests.end(row, status, time.monotonic())
    if fault and fault.drop:
        break_connection(request, at_once=fault.is_silent or batch)
    return response


def log_start(request: HttpRequest, *, batch: bool) -> LoggedRequest:
    service = find_service(request) or "graph"
    person = find_person(request)
    row = LoggedRequest(
        service=service,
        method=request.method or "GET",
        path=read_path(request, service),
        batch=batch,
        client_request_id=request.headers.get("client-request-id"),
        person=person.address if person else None,
        started=time.monotonic(),
    )
    with TENANT.lock:
        TENANT.requests.start(row)
    return row


def apply_fault(fault: Fault, request: HttpRequest, view: View) -> HttpResponse:
    time.sleep(fault.delay_ms / 1000)
    real = carry_out(fault, request, view)
    if real is None or fault.replaces_answer:
        return fault.answer()
    return fault.dressed(real)


def carry_out(fault: Fault, request: HttpRequest, view: View) -> HttpResponse | None:
    """The real answer; None when the request is not carried out, or not yet."""
    if fault.apply_after_ms is not None:
        request.body  # noqa: B018  is read now: the connection goes on to its next request
        TENANT.pending.add(fault.apply_after_ms, lambda: view(request))
        return None
    return view(request) if fault.apply or not fault.replaces_answer else None


def break_connection(request: HttpRequest, *, at_once: bool) -> None:
    """As a broken network does; for an item it is the whole batch's."""
    line = request.META["simulator.connection"]
    if at_once:
        line.cut()
    else:
        line.end()


def find_person(request: HttpRequest) -> Person | None:
    if request.path_info.startswith("/login/"):
        return find_person_signing_in(request)
    try:
        oid = read_claims(request.headers.get("Authorization"))["oid"]
    except BadToken:
        return None
    with TENANT.lock:
        return TENANT.person_by_oid(oid)


def find_person_signing_in(request: HttpRequest) -> Person | None:
    """By the address picked, the code or the refresh token."""
    if request.method != "POST":
        return None
    sent = request.POST
    with TENANT.lock:
        grants = TENANT.grants
        code = grants.codes.get(sent.get("code", ""))
        held = grants.refresh_tokens.get(sent.get("refresh_token", ""))
        known = code or held
        return TENANT.person(known.sign_in.address if known else sent.get("address", ""))
