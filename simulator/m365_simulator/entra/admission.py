"""May this account come in here, with this application, now?"""

import time

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError, list_holes
from m365_simulator.directory.person import TENANT_ID, Person
from m365_simulator.directory.registration import CLIENT_ID
from m365_simulator.entra.addresses import PERSONAL_DOMAINS
from m365_simulator.entra.authorize_request import AuthorizeRequest, Returned
from m365_simulator.entra.id_token import list_roles
from m365_simulator.tenant import TENANT


def find_person(asked: AuthorizeRequest, address: str) -> Person | None:
    """The account of that address in the tenant asked for; a guest is at home where the account decides."""
    person = TENANT.person(address)
    if person and not asked.tid:
        return person.at_home()
    return person if person and person.tid == asked.tid else None


def find_account(asked: AuthorizeRequest, address: str) -> Person:
    """Raises EntraError 50034 (nobody), 500208 (a personal account), 50020 or its like (another tenant's).

    None of these goes back to the application.
    """
    person = find_person(asked, address)
    if person:
        return person
    stranger = TENANT.person(address)
    if stranger:
        code = int(switches.value("stranger_code"))
        raise EntraError(code, address=address, home=stranger.tid, tenant=asked.tid, client_id=asked.client_id)
    if address.lower().rpartition("@")[2] in PERSONAL_DOMAINS:
        raise EntraError(500208)
    raise EntraError(50034, address=address, tenant=asked.tid or TENANT_ID)


def check_request(asked: AuthorizeRequest) -> None:
    """Conditions that strike before anybody is known. Raises EntraError or Returned."""
    with TENANT.lock:
        code = TENANT.conditions.before_the_picker()
    if code:
        raise choose_refusal(asked, make_refusal(code, ""))


def check_person(asked: AuthorizeRequest, person: Person, *, proven: bool) -> EntraError | None:
    """None, or a refusal that a second factor lifts.

    Raises EntraError (a page), or Returned when the application must hear of it.
    """
    try:
        with TENANT.lock:
            TENANT.account_status.check_account(person.oid)
            code = TENANT.conditions.for_person(person.address, proven=proven)
        check_assignment(person)
    except EntraError as barred:
        raise choose_refusal(asked, barred) from None
    if code is None:
        return None
    refusal = make_refusal(code, person.address)
    if asked.prompt != "none" and refusal.meaning.ends_with == "proof":
        return refusal
    raise choose_refusal(asked, refusal)


def check_assignment(person: Person) -> None:
    """Raises EntraError 50105."""
    application = TENANT.registration
    known = list_roles(person) or person.address in application.assigned
    if application.assignment_required and not known:
        raise EntraError(50105, client_id=CLIENT_ID, address=person.address)


def choose_refusal(asked: AuthorizeRequest, refusal: EntraError) -> EntraError | Returned:
    """Our page, unless the refusal is one that goes back, or nothing may be shown."""
    if refusal.meaning.returned_as:
        return Returned(asked.back, refusal)
    return Returned(asked.back, refusal, "interaction_required") if asked.prompt == "none" else refusal


def make_refusal(code: int, address: str) -> EntraError:
    """A refusal made to order: what nobody knows of it is a dash."""
    known = {"address": address, "tenant": TENANT_ID, "client_id": CLIENT_ID}
    return EntraError(code, **{hole: known.get(hole, "-") or "-" for hole in list_holes(code)})


REPETITION = 300  # seconds


def check_repetition(request: str) -> None:
    """Raises EntraError 50196 for a client that asks the same over and over; `request` says who asks for what.

    Microsoft names "15 or more" within five minutes (switch `loop_limit`):
    https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes
    """
    limit = int(switches.value("loop_limit"))
    if not limit:
        return
    now = time.time()
    with TENANT.lock:
        recent = [at for at in TENANT.grants.repeats.get(request, []) if at > now - REPETITION]
        TENANT.grants.repeats[request] = [*recent, now]
    if len(recent) >= limit:
        raise EntraError(50196)
