"""The authorize page: who are you, may the application, and back with a code.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
"""

import time

from django.http import HttpRequest, HttpResponse

from simulator import switches
from simulator.entra.authorization import Authorization, Returned, read
from simulator.entra.errors import EntraError
from simulator.entra.grants import Code, Session, SignIn
from simulator.entra.pages import admin_page, consent_page, picker_page, refusal_page
from simulator.entra.scopes import OPENID, consented, record_consent
from simulator.entra.sending import send_back
from simulator.entra.session import keep_session, session_of
from simulator.entra.tokens import client_info, login_hint
from simulator.tenant import CLIENT_ID, TENANT, Person


def authorize(request: HttpRequest, tenant: str) -> HttpResponse:
    """GET shows a page or goes back at once; POST `address` (and `consent`) picks a person."""
    try:
        return answer(request, read(request, tenant))
    except EntraError as refusal:
        return refusal_page(request, refusal)
    except Returned as returned:
        return send_back(request, returned.back, returned.refusal.as_query())


def answer(request: HttpRequest, asked: Authorization) -> HttpResponse:
    if request.method == "POST":
        return picked(request, asked)
    person = already_signed_in(asked, session_of(request))
    if person and asked.prompt in ("none", ""):
        return allow(request, asked, person)
    if asked.prompt == "none":
        raise Returned(asked.back, EntraError(50058))
    return picker_page(request, asked)


def already_signed_in(asked: Authorization, session: Session | None) -> Person | None:
    """The one account (with prompt=none), or the one hinted at; not older than `max_age`."""
    since = session.accounts if session else {}
    fresh = [address for address, at in since.items() if asked.max_age is None or time.time() - at <= asked.max_age]
    people = [person for address in fresh if (person := TENANT.person(address))]
    if asked.login_hint:
        return next((it for it in people if is_hint(asked.login_hint, it)), None)
    return people[0] if asked.prompt == "none" and len(people) == 1 else None


def is_hint(hint: str, person: Person) -> bool:
    return hint.strip().lower() == person.address or hint == login_hint(person)


def picked(request: HttpRequest, asked: Authorization) -> HttpResponse:
    """Raises EntraError 50034 (nobody), 50020 (another tenant's): neither goes back."""
    address = request.POST.get("address", "").strip()
    if not address:
        return picker_page(request, asked, nothing_picked=True)
    person = TENANT.person(address)
    if person is None:
        raise EntraError(50034, address=address, tenant=asked.tid)
    if person.tid != asked.tid:
        raise EntraError(50020, address=address, home=person.tid, tenant=asked.tid, client_id=CLIENT_ID)
    return keep_session(request, person, lambda: allow(request, asked, person))


def allow(request: HttpRequest, asked: Authorization, person: Person) -> HttpResponse:
    """With consent, back with a code; else ask for it."""
    wanted = asked.scopes - set(OPENID)
    said = request.POST.get("consent", "")
    if said == "decline":
        raise Returned(asked.back, EntraError(65004))
    if consented(person, wanted) and asked.prompt != "consent":
        return back_with_code(request, asked, person)
    if asked.prompt == "none":
        raise Returned(asked.back, EntraError(65001, error="consent_required", client_id=CLIENT_ID))
    if switches.value("consent_policy") == "admin" and not consented(person, wanted):
        return admin_page(request, asked, person)
    if said != "accept":
        return consent_page(request, asked, person)
    record_consent(person, wanted)
    return back_with_code(request, asked, person)


def back_with_code(request: HttpRequest, asked: Authorization, person: Person) -> HttpResponse:
    session = session_of(request)
    if session is None:
        raise Returned(asked.back, EntraError(50058))
    sign_in = SignIn(
        address=person.address,
        scopes=asked.scopes,
        sid=session.sid,
        auth_time=session.accounts[person.address],
        nonce=asked.nonce,
        capabilities=asked.capabilities,
        mfa=asked.mfa,
    )
    code = Code(sign_in, asked.back.redirect_uri, asked.challenge, asked.challenge_method)
    with TENANT.lock:
        body = {"code": TENANT.grants.issue_code(code)}
    if asked.client_info:
        body["client_info"] = client_info(person)
    return send_back(request, asked.back, body | {"session_state": session.sid})
