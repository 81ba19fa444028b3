"""Sign-out: the browser's session ends, the application hears of it, and the person goes back.

https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
https://openid.net/specs/openid-connect-frontchannel-1_0.html
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.claims import make_login_hint
from m365_simulator.directory.person import Person
from m365_simulator.entra.addresses import is_any_tenant, issuer, tenant_id
from m365_simulator.entra.client import is_registered
from m365_simulator.entra.pages import refusal_page, render_page
from m365_simulator.entra.session import clear_cookie, end_session, find_accounts
from m365_simulator.tenant import TENANT


def logout(request: HttpRequest, tenant: str) -> HttpResponse:
    """GET or POST. To `post_logout_redirect_uri` when it is registered, else a page that says it is done.

    Whom to sign out says `logout_hint`, the ID token's `login_hint`; without it the person is asked, when there is
    more than one (or always, by the switch `sign_out_asks`).
    """
    try:
        tid = "" if is_any_tenant(tenant) else tenant_id(tenant)
    except EntraError as refusal:
        return refusal_page(request, refusal)
    people = [person for address in find_accounts(request) if (person := TENANT.person(address))]
    leaving = find_leaving(request, people)
    if leaving is None:
        return render_page(request, "sign_out", {"people": people})
    frames = [frame for person in leaving if (frame := sign_out(request, person, tid))]
    return clear_cookie(request, farewell(request, frames))


def read_parameter(request: HttpRequest, name: str) -> str:
    return request.GET.get(name) or request.POST.get(name, "")


def find_leaving(request: HttpRequest, people: list[Person]) -> list[Person] | None:
    """None: that must be asked."""
    picked, hint = request.POST.get("address", ""), read_parameter(request, "logout_hint")
    named = [it for it in people if it.address == picked or make_login_hint(it) == hint]
    if named:
        return named
    asks = len(people) > 1 or (people and switches.value("sign_out_asks") == "always")
    return None if asks else people


def sign_out(request: HttpRequest, person: Person, tid: str) -> str:
    """Sign them out of this browser; the address that tells the application, "" when none is registered.

    `iss` is the ID token's: a client that asked us as Microsoft's host knows us by no other name.
    """
    account = end_session(request, person.address)
    address = TENANT.registration.logout_url
    if not address or account is None:
        return ""
    issued_by = TENANT.grants.issuers.get(account.sid) or issuer(request, tid or person.tid)
    query = urlencode({"iss": issued_by, "sid": account.sid})
    return f"{address}{'&' if '?' in address else '?'}{query}"


def farewell(request: HttpRequest, frames: list[str]) -> HttpResponse:
    """At once, unless there are frames to wait for."""
    target = read_parameter(request, "post_logout_redirect_uri")
    target = target_with_state(request, target) if is_registered(target) else ""
    if target and not frames:
        return HttpResponseRedirect(target)
    context = {"frames": frames, "target": target}
    return render_page(request, "signed_out", context, frames=TENANT.registration.logout_url)


def target_with_state(request: HttpRequest, target: str) -> str:
    state = read_parameter(request, "state")
    return f"{target}{'&' if '?' in target else '?'}{urlencode({'state': state})}" if state else target
