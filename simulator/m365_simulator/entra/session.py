"""Single sign-on of one browser, by a cookie with a name of its own (cookies ignore ports)."""

import time

from django.http import HttpRequest, HttpResponse

from m365_simulator.directory.grants import Session, SignedIn
from m365_simulator.directory.person import Person
from m365_simulator.entra.authorize_request import AuthorizeRequest
from m365_simulator.tenant import TENANT

COOKIE = "simulated_entra_session"
PATH = "/login/"


def find_session(request: HttpRequest) -> Session | None:
    with TENANT.lock:
        return TENANT.grants.sessions.get(request.COOKIES.get(COOKIE, ""))


def find_accounts(request: HttpRequest) -> dict[str, SignedIn]:
    """Who is signed in, by address."""
    session = find_session(request)
    return session.accounts if session else {}


def is_fresh(asked: AuthorizeRequest, address: str, account: SignedIn) -> bool:
    """Young enough for the client, for the challenge it answers, and for what was done to sessions since."""
    with TENANT.lock:
        oldest = max(asked.claims.not_before, TENANT.conditions.signed_out_at(address))
    aged = asked.max_age is not None and time.time() - account.since > asked.max_age
    return account.since >= oldest and not aged


def sign_in(request: HttpRequest, asked: AuthorizeRequest, person: Person) -> SignedIn:
    """A person was picked. One who is signed in already is not asked again, unless the client wants that.

    The pages after the picker post here too: they keep the time of the first.
    """
    with TENANT.lock:
        session = TENANT.grants.open_session(request.COOKIES.get(COOKIE))
        request.COOKIES[COOKIE] = session.key
        account = session.accounts.get(person.address)
        later_page = "consent" in request.POST or "proof" in request.POST
        asked_again = asked.prompt == "login" and not later_page
        stays = account and not asked_again and (later_page or is_fresh(asked, person.address, account))
        if account is None or not stays:
            account = SignedIn()
            session.accounts[person.address] = account
        return account


def set_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Of the session that `sign_in` opened, if it did."""
    session = find_session(request)
    if session:
        response.set_cookie(COOKIE, session.key, path=PATH, httponly=True, samesite="Lax")
    return response


def end_session(request: HttpRequest, address: str) -> SignedIn | None:
    """Sign this account out of this browser; what was ended."""
    with TENANT.lock:
        return find_accounts(request).pop(address, None)


def clear_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """When nobody is left."""
    if not find_accounts(request):
        with TENANT.lock:
            TENANT.grants.sessions.pop(request.COOKIES.get(COOKIE, ""), None)
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
