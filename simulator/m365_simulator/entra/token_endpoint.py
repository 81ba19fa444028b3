"""The token endpoint: a code or a refresh token against tokens.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.claims import make_client_info
from m365_simulator.directory.grants import SignIn
from m365_simulator.directory.person import Person
from m365_simulator.entra.access_tokens import choose_lifetime, make_access_token
from m365_simulator.entra.addresses import issuer
from m365_simulator.entra.client import authenticate, find_tenant, read_credentials
from m365_simulator.entra.id_token import make_id_token
from m365_simulator.entra.redemption import find_owner, redeem_code, redeem_refresh_token
from m365_simulator.entra.scopes import write_scopes
from m365_simulator.tenant import TENANT

# client_credentials among the missing ones: the application has delegated permissions only
GRANT_TYPES = {"authorization_code": redeem_code, "refresh_token": redeem_refresh_token}

BEARER = "Bearer"


def token(request: HttpRequest, tenant: str) -> HttpResponse:
    """POST only. Every refusal has Entra's body; its status is 400, or 401 for the client's."""
    try:
        response = JsonResponse(grant(request, tenant))
    except EntraError as refusal:
        refusal.correlate(request.headers.get("client-request-id", ""))
        response = JsonResponse(refusal.as_json(), status=refusal.meaning.status)
        response["x-ms-request-id"] = refusal.trace_id
    response["Cache-Control"] = "no-store, no-cache"
    response["Pragma"] = "no-cache"
    return response


def grant(request: HttpRequest, tenant: str) -> dict[str, Any]:
    if request.method != "POST":
        raise EntraError(900561, method=str(request.method))
    kind = request.POST.get("grant_type", "")
    client_id, secret = read_credentials(request)
    for field, value in (("grant_type", kind), ("client_id", client_id)):
        if not value:
            raise EntraError(900144, field=field)
    tid = find_tenant(client_id, tenant)
    authenticate(request, client_id, secret, tid)
    if kind not in GRANT_TYPES:
        raise EntraError(70003, grant_type=kind)
    with TENANT.lock:
        return make_tokens(request, GRANT_TYPES[kind](request, tid))


def make_tokens(request: HttpRequest, sign_in: SignIn) -> dict[str, Any]:
    person = find_owner(sign_in)
    seconds = choose_lifetime(sign_in.capabilities)
    body = {
        "token_type": BEARER,
        "scope": write_scopes(sign_in.scopes),
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": make_access_token(
            person,
            sign_in.scopes,
            seconds=seconds,
            capabilities=sign_in.capabilities,
            contexts=sign_in.contexts,
            sid=sign_in.sid,
        ),
    }
    return body | make_optional_tokens(request, person, sign_in)


def make_optional_tokens(request: HttpRequest, person: Person, sign_in: SignIn) -> dict[str, str]:
    body = {}
    if "offline_access" in sign_in.scopes:
        body["refresh_token"] = TENANT.grants.issue_refresh_token(sign_in)
    if "openid" in sign_in.scopes:
        issued_by = issuer(request, person.tid)
        TENANT.grants.issuers[sign_in.sid] = issued_by
        body["id_token"] = make_id_token(person, sign_in, issued_by)
    if request.POST.get("client_info") == "1":
        body["client_info"] = make_client_info(person)
    return body
