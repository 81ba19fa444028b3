"""OpenID Connect's userinfo, which Microsoft keeps at Graph: https://learn.microsoft.com/entra/identity-platform/userinfo"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from m365_simulator.directory.claims import make_subject
from m365_simulator.directory.person import Person
from m365_simulator.directory.registration import CLIENT_ID
from m365_simulator.entra.access_tokens import BadToken, read_access_token
from m365_simulator.tenant import TENANT


def userinfo(request: HttpRequest) -> HttpResponse:
    """GET or POST with an access token that has the scope `openid`."""
    try:
        token = read_access_token(request.headers.get("Authorization"))
    except BadToken as problem:
        return refuse(401, "InvalidAuthenticationToken", str(problem))
    with TENANT.lock:
        person = TENANT.person_by_oid(token.oid)
    if person is None or "openid" not in token.scopes:
        return refuse(403, "UnauthorizedAccess", "The token has not the scope openid.")
    return JsonResponse(list_claims(person, token.scopes))


def list_claims(person: Person, scopes: frozenset[str]) -> dict[str, Any]:
    """`sub` is the one of the ID token."""
    profile = {"name": person.name, "family_name": person.family_name, "given_name": person.given_name}
    claims = {"sub": make_subject(person, CLIENT_ID)} | (profile if "profile" in scopes else {})
    return claims | ({"email": person.address} if "email" in scopes else {})


def refuse(status: int, code: str, message: str) -> HttpResponse:
    response = JsonResponse({"error": {"code": code, "message": message}}, status=status)
    response["WWW-Authenticate"] = "Bearer"
    return response
