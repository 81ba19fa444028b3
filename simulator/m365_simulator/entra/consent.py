"""May the application? https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview"""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.person import Person
from m365_simulator.entra.authorize_request import AuthorizeRequest, Returned
from m365_simulator.entra.pages import admin_page, consent_page, request_sent_page
from m365_simulator.entra.scopes import OPENID
from m365_simulator.tenant import TENANT

# who may consent, by the switch `consent_policy`: an administrator alone, with or without a way to ask them
ADMINS = {"admin": 90094, "admin_workflow": 90095}


def has_consented(person: Person, scopes: Iterable[str]) -> bool:
    """An administrator consented for everybody but those who `need_consent`."""
    if not person.needs_consent:
        return True
    with TENANT.lock:
        return set(scopes) <= TENANT.grants.consents.get(person.oid, set())


def record_consent(person: Person, scopes: Iterable[str]) -> None:
    with TENANT.lock:
        TENANT.grants.consents.setdefault(person.oid, set()).update(scopes)


def ask_consent(request: HttpRequest, asked: AuthorizeRequest, person: Person) -> HttpResponse | None:
    """None when it is given, else the page that asks for it. Raises Returned 65004 (declined), 65001 (prompt=none)."""
    wanted = asked.scopes - set(OPENID)
    said = request.POST.get("consent", "")
    if said == "decline":
        raise Returned(asked.back, EntraError(65004))
    given = has_consented(person, wanted)
    if given and asked.prompt != "consent":
        return None
    if asked.prompt == "none":
        raise Returned(asked.back, EntraError(65001, client_id=asked.client_id))
    policy = str(switches.value("consent_policy"))
    if policy in ADMINS and not given:
        refusal = EntraError(ADMINS[policy], tenant=asked.tid or person.tid)
        return request_sent_page(request, person) if said == "request" else admin_page(request, person, refusal)
    if said != "accept":
        return consent_page(request, asked, person)
    record_consent(person, wanted)
    return None
