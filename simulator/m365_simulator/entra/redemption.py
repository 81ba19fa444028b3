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
from m365_simulator.directory.account_status import stamp
from m365_simulator.directory.grants import Code, RefreshToken, SignIn
from m365_simulator.directory.person import Person
from m365_simulator.directory.registration import CLIENT_ID
from m365_simulator.entra.admission import check_assignment, check_repetition, made
from m365_simulator.entra.claims_parameter import WantedClaims, wanted_claims
from m365_simulator.entra.consent import consented
from m365_simulator.entra.scopes import OPENID, scopes_in
from m365_simulator.tenant import TENANT


def required(request: HttpRequest, field: str) -> str:
    value = request.POST.get(field, "")
    if not value:
        raise EntraError(900144, field=field)
    return value


def account_of(sign_in: SignIn) -> Person:
    """Raises EntraError 70000: the tenant was reset meanwhile."""
    person = TENANT.person(sign_in.address)
    if person is None:
        raise EntraError(70000)
    return person if person.tid == sign_in.tid else person.at_home()


def by_code(request: HttpRequest, tid: str) -> SignIn:
    """A code that was refused for another reason can still be redeemed; only once, though."""
    code = TENANT.grants.codes.get(required(request, "code"))
    redirect_uri = required(request, "redirect_uri")
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
    sign_in = with_what_is_asked(request, code.sign_in, wanted_claims(request.POST.get("claims", "")))
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


def by_refresh_token(request: HttpRequest, tid: str) -> SignIn:
    """A new one replaces it, or stands beside it, by the switch `refresh_rotation`."""
    raw = required(request, "refresh_token")
    held = TENANT.grants.refresh_tokens.get(raw)
    if held is None or tid not in ("", held.sign_in.tid):
        raise EntraError(70000)
    check_repetition(f"refresh {raw} {request.POST.get('scope', '')}")
    check_age(held)
    claims = wanted_claims(request.POST.get("claims", ""))
    check_sign_in("refresh", held.sign_in)
    if account_of(held.sign_in).needs_mfa and not held.sign_in.proven:
        raise EntraError(50076)
    sign_in = with_what_is_asked(request, held.sign_in, claims)
    if switches.value("refresh_rotation") == "ends_old":
        del TENANT.grants.refresh_tokens[raw]
    return replace(sign_in, nonce="")


def check_age(held: RefreshToken) -> None:
    """Raises EntraError 700082 after the days that the switch `refresh_token_lifetime` says (in seconds)."""
    limit = int(switches.value("refresh_token_lifetime"))
    if time.time() - held.issued > limit:
        raise EntraError(700082, issued=stamp(held.issued), inactive=str(timedelta(seconds=max(limit, 0))))


def check_sign_in(at: str, sign_in: SignIn) -> None:
    """Whether policy and administrators still let it be used. Raises EntraError."""
    person = account_of(sign_in)
    TENANT.account_status.check_grant(person.oid, sign_in.granted)
    check_assignment(person)
    code = TENANT.conditions.for_grant(at, sign_in)
    if code:
        raise made(code, sign_in.address)


def with_what_is_asked(request: HttpRequest, sign_in: SignIn, claims: WantedClaims) -> SignIn:
    """Other scopes may be asked for than at sign-in, if consent was given. Raises 65001.

    A challenge for a newer sign-in is not met by an old grant: 50173.
    """
    asked = scopes_in(request.POST.get("scope", "")) or sign_in.scopes
    if not consented(account_of(sign_in), asked - set(OPENID)):
        raise EntraError(65001, client_id=CLIENT_ID)
    if claims.not_before > sign_in.granted:
        raise EntraError(50173, issued=stamp(sign_in.granted), valid_from=stamp(claims.not_before))
    declared = claims.capabilities or sign_in.capabilities
    return replace(sign_in, scopes=asked, capabilities=declared, contexts=claims.contexts or sign_in.contexts)
