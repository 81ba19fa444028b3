"""Single sign-on of one browser, by a cookie with a name of its own (cookies ignore ports)."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from simulator.entra.grants import Session
from simulator.tenant import TENANT, Person

COOKIE = "simulated_entra_session"
PATH = "/login/"


def session_of(request: HttpRequest) -> Session | None:
    with TENANT.lock:
        return TENANT.grants.sessions.get(request.COOKIES.get(COOKIE, ""))


def keep_session(request: HttpRequest, person: Person, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Sign the person in, then answer; the consent page's second POST keeps the first's time."""
    with TENANT.lock:
        session = TENANT.grants.open_session(request.COOKIES.get(COOKIE))
        if not (request.POST.get("consent") and person.address in session.accounts):
            session.accounts[person.address] = time.time()
    request.COOKIES[COOKIE] = session.sid
    return with_cookie(answer(), session)


def with_cookie(response: HttpResponse, session: Session) -> HttpResponse:
    response.set_cookie(COOKIE, session.sid, path=PATH, httponly=True, samesite="Lax")
    return response


def end_session(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    with TENANT.lock:
        TENANT.grants.sessions.pop(request.COOKIES.get(COOKIE, ""), None)
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
