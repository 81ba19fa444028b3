"""What a code or a refresh token is good for. Call with the tenant's lock held."""

import base64
import hashlib
import hmac
import time
from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.account_status import write_timestamp
from m365_simulator.directory.grants import Code, RefreshToken, SignIn
from m365_simulator.directory.person import Person
from m365_simulator.directory.registration import CLIENT_ID
from m365_simulator.entra.admission import check_assignment, check_repetition, make_refusal
from m365_simulator.entra.claims_parameter import WantedClaims, read_wanted_claims
from m365_simulator.entra.consent import has_consented
from m365_simulator.entra.scopes import OPENID, read_scopes
from m365_simulator.tenant import TENANT


def require_field(request: HttpRequest, field: str) -> str:
    value = request.POST.get(field, "")
    if not value:
        raise EntraError(900144, field=field)
    return value


def find_owner(sign_in: SignIn) -> Person:
    """Raises EntraError 70000: the tenant was reset meanwhile."""
    person = TENANT.person(sign_in.address)
    if person is None:
        raise EntraError(70000)
    return person if person.tid == sign_in.tid else person.at_home()


def redeem_code(request: HttpRequest, tid: str) -> SignIn:
    """A code that was refused for another reason can still be redeemed; only once, though."""
    code = TENANT.grants.codes.get(require_field(request, "code"))
    redirect_uri = require_field(request, "redirect_uri")
    if code is None:
        raise EntraError(70000)
    if code.redeemed:
        raise EntraError(54005)
    if tid not in ("", code.sign_in.tid):
        raise EntraError(700005)
    if time.time() - code.issued > int(switches.value("code_lifetime")):
        raise EntraError(70008)
    if redirect_uri != code.redirect_uri:
        raise EntraError(500112, redirect_uri=redirect_uri, first=code.redirect_uri)
    check_verifier(code, request.POST.get("code_verifier", ""))
    check_sign_in("code", code.sign_in)
    sign_in = apply_request(request, code.sign_in, read_wanted_claims(request.POST.get("claims", "")))
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


def redeem_refresh_token(request: HttpRequest, tid: str) -> SignIn:
    """A new one replaces it, or stands beside it, by the switch `refresh_rotation`."""
    raw = require_field(request, "refresh_token")
    held = TENANT.grants.refresh_tokens.get(raw)
    if held is None or tid not in ("", held.sign_in.tid):
        raise EntraError(70000)
    check_repetition(f"refresh {raw} {request.POST.get('scope', '')}")
    check_age(held)
    claims = read_wanted_claims(request.POST.get("claims", ""))
    check_sign_in("refresh", held.sign_in)
    if find_owner(held.sign_in).needs_mfa and not held.sign_in.proven:
        raise EntraError(50076)
    sign_in = apply_request(request, held.sign_in, claims)
    if switches.value("refresh_rotation") == "ends_old":
        del TENANT.grants.refresh_tokens[raw]
    return replace(sign_in, nonce="")


def check_age(held: RefreshToken) -> None:
    """Raises EntraError 700082 after the days that the switch `refresh_token_lifetime` says (in seconds)."""
    limit = int(switches.value("refresh_token_lifetime"))
    if time.time() - held.issued > limit:
        raise EntraError(700082, issued=write_timestamp(held.issued), inactive=str(timedelta(seconds=max(limit, 0))))


def check_sign_in(at: str, sign_in: SignIn) -> None:
    """Whether policy and administrators still let it be used. Raises EntraError."""
    person = find_owner(sign_in)
    TENANT.account_status.check_grant(person.oid, sign_in.granted)
    check_assignment(person)
    code = TENANT.conditions.for_grant(at, sign_in)
    if code:
        raise make_refusal(code, sign_in.address)


def apply_request(request: HttpRequest, sign_in: SignIn, claims: WantedClaims) -> SignIn:
    """Other scopes may be asked for than at sign-in, if consent was given. Raises 65001.

    A challenge for a newer sign-in is not met by an old grant: 50173.
    """
    asked = read_scopes(request.POST.get("scope", "")) or sign_in.scopes
    if not has_consented(find_owner(sign_in), asked - set(OPENID)):
        raise EntraError(65001, client_id=CLIENT_ID)
    if claims.not_before > sign_in.granted:
        raise EntraError(50173, issued=write_timestamp(sign_in.granted), valid_from=write_timestamp(claims.not_before))
    declared = claims.capabilities or sign_in.capabilities
    return replace(sign_in, scopes=asked, capabilities=declared, contexts=claims.contexts or sign_in.contexts)
