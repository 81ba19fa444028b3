"""The authorize page: who are you, may the application, and back with a code.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.claims import make_client_info, make_login_hint
from m365_simulator.directory.grants import Code, SignedIn, SignIn
from m365_simulator.directory.person import Person
from m365_simulator.entra.admission import check_person, check_repetition, check_request, find_account, find_person
from m365_simulator.entra.authorize_request import AuthorizeRequest, Returned, read_authorize_request
from m365_simulator.entra.consent import ask_consent
from m365_simulator.entra.pages import picker_page, proof_page, refusal_page, send_back
from m365_simulator.entra.session import find_accounts, find_session, is_fresh, set_cookie, sign_in
from m365_simulator.tenant import TENANT


def authorize(request: HttpRequest, tenant: str) -> HttpResponse:
    """GET shows a page or goes back at once; POST `address` (then `proof`, `consent`) picks a person.

    A client may POST its request instead (OpenID Connect Core, 3.1.2.1): it goes on as a GET.
    """
    if "client_id" in request.POST and "client_id" not in request.GET:
        return HttpResponseRedirect(f"{request.path}?{request.POST.urlencode()}")
    correlation = request.GET.get("client-request-id", "")
    try:
        asked = read_authorize_request(request, tenant)
        check_request(asked)
        return set_cookie(request, answer_request(request, asked))
    except EntraError as refusal:
        refusal.correlate(correlation)
        return set_cookie(request, refusal_page(request, refusal))
    except Returned as returned:
        returned.refusal.correlate(correlation)
        told = returned.refusal.as_query(returned.error)
        return set_cookie(request, send_back(request, returned.back, told))


def answer_request(request: HttpRequest, asked: AuthorizeRequest) -> HttpResponse:
    if request.method == "POST":
        return answer_pick(request, asked)
    fresh = [address for address, account in find_accounts(request).items() if is_fresh(asked, address, account)]
    person = find_unasked(asked, [person for address in fresh if (person := find_person(asked, address))])
    if person:
        return admit(request, asked, person, find_accounts(request)[person.address])
    if asked.prompt == "none":
        raise Returned(asked.back, EntraError(50058))
    return picker_page(request, asked)


def find_unasked(asked: AuthorizeRequest, signed_in: list[Person]) -> Person | None:
    """Whom nobody has to ask: the one hinted at or, with prompt=none, the only one.

    Without a prompt the only one is asked or not, by the switch `single_sign_on`. Raises Returned (16000).
    """
    if asked.prompt not in ("none", ""):
        return None
    if asked.login_hint:
        return next((it for it in signed_in if is_hint(asked.login_hint, it)), None)
    domain = [it for it in signed_in if it.address.endswith(f"@{asked.domain_hint}")]
    candidates = domain or signed_in
    if asked.prompt == "none" and len(candidates) > 1:
        raise Returned(asked.back, EntraError(16000))
    unasked = asked.prompt == "none" or switches.value("single_sign_on") == "silent"
    return candidates[0] if unasked and len(candidates) == 1 else None


def is_hint(hint: str, person: Person) -> bool:
    return hint.lower() == person.address or hint == make_login_hint(person)


def answer_pick(request: HttpRequest, asked: AuthorizeRequest) -> HttpResponse:
    address = request.POST.get("address", "").strip()
    if not address:
        return picker_page(request, asked, nothing_picked=True)
    person = find_account(asked, address)
    return admit(request, asked, person, sign_in(request, asked, person))


def admit(request: HttpRequest, asked: AuthorizeRequest, person: Person, account: SignedIn) -> HttpResponse:
    """Past the policy and the consent, back with a code."""
    proven = request.POST.get("proof") == "given"
    refusal = check_person(asked, person, proven=proven)
    if refusal:
        return proof_page(request, person, refusal)
    page = ask_consent(request, asked, person)
    return page or send_back_code(request, asked, person, account, proven=proven)


def send_back_code(
    request: HttpRequest, asked: AuthorizeRequest, person: Person, account: SignedIn, *, proven: bool
) -> HttpResponse:
    session = find_session(request)
    if request.method == "GET" and session:
        check_repetition(f"authorize {session.key} {person.address} {sorted(asked.scopes)}")
    granted = SignIn(
        address=person.address,
        tid=person.tid,
        scopes=asked.scopes,
        sid=account.sid,
        auth_time=account.since,
        nonce=asked.nonce,
        capabilities=asked.claims.capabilities,
        proven=proven or asked.claims.proven,
        contexts=asked.claims.contexts,
        id_claims=asked.id_claims,
    )
    code = Code(granted, asked.back.redirect_uri, asked.challenge, asked.challenge_method)
    with TENANT.lock:
        body = {"code": TENANT.grants.issue_code(code)}
    if asked.client_info:
        body["client_info"] = make_client_info(person)
    return send_back(request, asked.back, body | {"session_state": session.key if session else ""})
