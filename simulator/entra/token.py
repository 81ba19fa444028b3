"""The token endpoint: a code or a refresh token against tokens.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
"""

import base64
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from simulator import switches
from simulator.entra.addresses import issuer, tenant_id
from simulator.entra.capabilities import asks_for_mfa, capabilities_in
from simulator.entra.client import authenticate
from simulator.entra.errors import EntraError
from simulator.entra.grants import Code, SignIn
from simulator.entra.scopes import OPENID, consented, scopes_in, shown
from simulator.entra.tokens import access_token, client_info, id_token, some_lifetime
from simulator.tenant import CLIENT_ID, TENANT, Person


def token(request: HttpRequest, tenant: str) -> HttpResponse:
    """POST only. Every refusal has Entra's body; its status is 400, or 401 for the client's."""
    try:
        response = JsonResponse(granted(request, tenant))
    except EntraError as refusal:
        keep_correlation(request, refusal)
        response = JsonResponse(refusal.as_json(), status=refusal.status)
    response["Cache-Control"] = "no-store, no-cache"
    response["Pragma"] = "no-cache"
    return response


def keep_correlation(request: HttpRequest, refusal: EntraError) -> None:
    sent = request.headers.get("client-request-id", "")
    try:
        refusal.correlation_id = str(uuid.UUID(sent))
    except ValueError:
        return


def granted(request: HttpRequest, tenant: str) -> dict[str, Any]:
    tid = tenant_id(tenant)
    kind = required(request, "grant_type")
    authenticate(request, tid)
    grants = {"authorization_code": by_code, "refresh_token": by_refresh_token}
    if kind not in grants:
        raise EntraError(70003, grant_type=kind)
    with TENANT.lock:
        return tokens(request, tid, grants[kind](request))


def required(request: HttpRequest, field: str) -> str:
    value = request.POST.get(field, "")
    if request.method != "POST" or not value:
        raise EntraError(900144, field=field)
    return value


def by_code(request: HttpRequest) -> SignIn:
    """A code that was refused for another reason can still be redeemed; only once, though."""
    code = TENANT.grants.codes.get(required(request, "code"))
    redirect_uri = required(request, "redirect_uri")
    if code is None:
        raise EntraError(70000)
    if code.redeemed:
        raise EntraError(54005)
    if time.time() - code.issued > int(switches.value("code_lifetime")):
        raise EntraError(70008)
    if redirect_uri != code.redirect_uri:
        raise EntraError(500112, redirect_uri=redirect_uri, first=code.redirect_uri)
    check_verifier(code, request.POST.get("code_verifier", ""))
    sign_in = with_what_is_asked(request, code.sign_in)
    code.redeemed = True
    return sign_in


def check_verifier(code: Code, verifier: str) -> None:
    """PKCE, RFC 7636. Raises EntraError 501481."""
    if not code.challenge:
        return
    digest = hashlib.sha256(verifier.encode()).digest()
    hashed = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    proof = hashed if code.challenge_method == "S256" else verifier
    if not hmac.compare_digest(proof.encode(), code.challenge.encode()):
        raise EntraError(501481)


def by_refresh_token(request: HttpRequest) -> SignIn:
    sign_in = TENANT.grants.refresh_tokens.get(required(request, "refresh_token"))
    person = TENANT.person(sign_in.address) if sign_in else None
    if sign_in is None or person is None:
        raise EntraError(70000)
    if person.needs_mfa and not (sign_in.mfa or asks_for_mfa(request.POST.get("claims", ""))):
        raise EntraError(50076, claims=MFA_CLAIMS)
    return replace(with_what_is_asked(request, sign_in), nonce="")


MFA_CLAIMS = json.dumps(
    {"access_token": {"capolids": {"essential": True, "values": ["3c1a9f0e-52b1-4c57-9d0b-6f0a4b9c2f11"]}}},
    separators=(",", ":"),
)


def with_what_is_asked(request: HttpRequest, sign_in: SignIn) -> SignIn:
    """Other scopes may be asked for than at sign-in, if consent was given. Raises 65001."""
    asked = scopes_in(request.POST.get("scope", "")) or sign_in.scopes
    person = TENANT.person(sign_in.address)
    if person is None or not consented(person, asked - set(OPENID)):
        raise EntraError(65001, client_id=CLIENT_ID)
    declared = capabilities_in(request.POST.get("claims", "")) or sign_in.capabilities
    return replace(sign_in, scopes=asked, capabilities=declared)


def tokens(request: HttpRequest, tid: str, sign_in: SignIn) -> dict[str, Any]:
    person = TENANT.person(sign_in.address)
    if person is None:
        raise EntraError(70000)
    seconds = some_lifetime()
    body = {
        "token_type": "Bearer",
        "scope": shown(sign_in.scopes),
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": access_token(
            person,
            sign_in.scopes,
            seconds=seconds,
            capabilities=sign_in.capabilities,
            sid=sign_in.sid,
        ),
    }
    return body | optional_tokens(request, person, sign_in, issuer(request, tid))


def optional_tokens(request: HttpRequest, person: Person, sign_in: SignIn, issued_by: str) -> dict[str, str]:
    body = {}
    if "offline_access" in sign_in.scopes:
        body["refresh_token"] = TENANT.grants.issue_refresh_token(sign_in)
    if "openid" in sign_in.scopes:
        body["id_token"] = id_token(person, sign_in, issued_by)
    if request.POST.get("client_info") == "1":
        body["client_info"] = client_info(person)
    return body
