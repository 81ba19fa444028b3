"""Who is behind a request, as far as it can be told before it is answered."""

from django.http import HttpRequest

from m365_simulator.directory.person import Person
from m365_simulator.entra.tokens import BadToken, claims_of
from m365_simulator.tenant import TENANT


def person_of(request: HttpRequest) -> Person | None:
    if request.path_info.startswith("/login/"):
        return person_signing_in(request)
    try:
        oid = claims_of(request.headers.get("Authorization"))["oid"]
    except BadToken:
        return None
    with TENANT.lock:
        return TENANT.person_by_oid(oid)


def person_signing_in(request: HttpRequest) -> Person | None:
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
