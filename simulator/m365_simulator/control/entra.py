"""What an administrator of Entra can do, and what only a test can."""

from django.http import HttpRequest, HttpResponse

from m365_simulator.control.api import ControlError, answer, for_programs, read_json
from m365_simulator.control.views import find_person
from m365_simulator.directory.conditions import BadCondition
from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from m365_simulator.directory.registration_values import BadRegistration
from m365_simulator.tenant import TENANT


@for_programs("GET", "PUT")
def application(request: HttpRequest) -> HttpResponse:
    """The registration at Entra. PUT changes the members it names: all of them, or none when one is wrong.

    `tenant_id`, `client_id` and `client_secret` are shown, since a program that signs in must know them.
    What can be changed:

    `redirect_uris`, `logout_url`, `secret_expires_at` (ISO 8601 or null), `certificates` (PEM), `federated_credentials`
    (`issuer`, `subject`, `audience`, `keys`), `optional_claims`, `group_claims`, `multi_tenant`,
    `assignment_required`, `assigned` (addresses), `roles` (by address).
    """
    with TENANT.lock:
        if request.method == "PUT":
            try:
                TENANT.registration = TENANT.registration.changed(read_json(request))
            except BadRegistration as problem:
                raise ControlError(400, f"{problem}.") from None
        known = {"tenant_id": TENANT_ID, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        return answer(known | TENANT.registration.as_json())


@for_programs("GET", "PUT")
def conditions(request: HttpRequest) -> HttpResponse:
    """Entra refuses with a number. PUT adds one (docs/simulator.md, "Steering"); `{"clear": true}` takes all away."""
    with TENANT.lock:
        if request.method == "PUT":
            change_conditions(request)
        return answer({"conditions": TENANT.conditions.as_json()})


def change_conditions(request: HttpRequest) -> None:
    body = read_json(request)
    if body.pop("clear", False):
        TENANT.conditions.clear()
        if not body:
            return
    try:
        TENANT.conditions.add(body)
    except BadCondition as problem:
        raise ControlError(400, f"{problem}.") from None


@for_programs("POST")
def keys(request: HttpRequest) -> HttpResponse:
    """A new key signs from now on. `{"keep_old": false}`: the others are no longer published."""
    keep_old = read_json(request).get("keep_old", True)
    with TENANT.lock:
        TENANT.keys.roll(keep_old=bool(keep_old))
        return answer({"kids": [key.kid for key in TENANT.keys.published]})


@for_programs("POST")
def revoke(request: HttpRequest) -> HttpResponse:
    """`{"address"}`: every sign-in so far ends; refresh tokens are refused, evaluated access tokens challenged."""
    person = find_person(read_json(request).get("address"))
    with TENANT.lock:
        TENANT.account_status.revoke(person.oid)
        TENANT.grants.sign_out_everywhere(person.address)
    return answer({"revoked": person.address})


@for_programs("POST")
def disable(request: HttpRequest) -> HttpResponse:
    """`{"address"}` blocks an account; with `"disabled": false` it is let in again."""
    body = read_json(request)
    person, disabled = find_person(body.get("address")), body.get("disabled", True)
    if not isinstance(disabled, bool):
        raise ControlError(400, "disabled must be true or false.")
    with TENANT.lock:
        TENANT.account_status.disable(person.oid, disabled)
    return answer({"address": person.address, "disabled": disabled})
