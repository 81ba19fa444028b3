"""A client assertion instead of a secret: signed with a registered certificate, or by an issuer that is trusted.

https://learn.microsoft.com/entra/identity-platform/certificate-credentials
https://learn.microsoft.com/entra/workload-id/workload-identity-federation
"""

import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.http import HttpRequest
from jwt.types import Options

from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.account_status import write_timestamp
from m365_simulator.entra.addresses import MICROSOFT, authority
from m365_simulator.tenant import TENANT

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("RS256", "PS256")
FEDERATED_ALGORITHMS = ("RS256", "PS256", "ES256")
SKEW = 300  # seconds that clocks may differ
LATEST = 1e11  # epoch seconds, far from now
# Entra's own checks stand below, each with its number.
SIGNATURE_ONLY: Options = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}
NOT_FOUND = "The key was not found"
EXPIRED = "The key used is expired"
NO_MATCH = "The provided signature value did not match the expected signature value"


def check_assertion(request: HttpRequest, client_id: str, tid: str) -> None:
    """Raises EntraError 900144, 90023, 50027, 700021, 700023, 700024, 700027, 700211, 700212, 700213."""
    kind = request.POST.get("client_assertion_type", "")
    if kind != TYPE:
        raise EntraError(90023 if kind else 900144, field="client_assertion_type")
    raw = request.POST["client_assertion"]
    header, claims = read_unverified(raw)
    if read_claim(claims, "iss") == client_id.lower():
        check_own(raw, header, claims, list_audiences(request, tid))
    elif TENANT.registration.federated_credentials:
        check_federated(raw, header, claims)
    else:
        raise EntraError(700021)


def read_unverified(raw: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, not believed yet."""
    try:
        return jwt.get_unverified_header(raw), jwt.decode(raw, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise EntraError(50027) from None


def list_audiences(request: HttpRequest, tid: str) -> set[str]:
    """The token endpoint or the issuer, under the caller's name for us or Microsoft's."""
    roots = (authority(request), f"https://{MICROSOFT}")
    tenants = (tid or "common", tid or "organizations")
    paths = ("oauth2/v2.0/token", "v2.0", "oauth2/token")
    return {f"{root}/{tenant}/{path}" for root in roots for tenant in tenants for path in paths}


def read_claim(claims: dict[str, Any], claim: str) -> str:
    return str(claims.get(claim, "")).lower()


def read_audiences(claims: dict[str, Any]) -> set[str]:
    audience = claims.get("aud")
    return {str(it) for it in (audience if isinstance(audience, list) else [audience])}


def check_own(raw: str, header: dict[str, Any], claims: dict[str, Any], audiences: set[str]) -> None:
    if read_claim(claims, "sub") != read_claim(claims, "iss"):
        raise EntraError(700021)
    if audiences.isdisjoint(read_audiences(claims)):
        raise EntraError(700023)
    check_times(claims)
    if header.get("alg") not in ALGORITHMS:
        raise EntraError(50027)
    check_signature(raw, find_key(header), ALGORITHMS, read_thumbprint(header))


def check_times(claims: dict[str, Any]) -> None:
    now = time.time()
    begins, ends = claims.get("nbf", 0), claims.get("exp", "")
    if not all(isinstance(it, int | float) and 0 <= it < LATEST for it in (begins, ends)):
        raise EntraError(50027)
    if not begins - SKEW <= now < ends + SKEW:
        raise EntraError(700024, now=write_timestamp(now), begins=write_timestamp(begins), ends=write_timestamp(ends))


def find_key(header: dict[str, Any]) -> RSAPublicKey:
    named = [it for it in TENANT.registration.certificates if it.is_named_by(header)]
    if not named:
        raise EntraError(700027, reason=NOT_FOUND, thumbprint=read_thumbprint(header))
    if named[0].not_after <= time.time():
        raise EntraError(700027, reason=EXPIRED, thumbprint=read_thumbprint(header))
    return named[0].key


def read_thumbprint(header: dict[str, Any]) -> str:
    return str(header.get("x5t#S256") or header.get("x5t") or header.get("kid") or "")


def check_signature(raw: str, key: Any, algorithms: tuple[str, ...], thumbprint: str) -> None:
    try:
        jwt.decode(raw, key, algorithms=list(algorithms), options=SIGNATURE_ONLY)
    except jwt.PyJWTError:
        raise EntraError(700027, reason=NO_MATCH, thumbprint=thumbprint) from None


def check_federated(raw: str, header: dict[str, Any], claims: dict[str, Any]) -> None:
    """Issuer, subject and audience must stand together in one record."""
    records = TENANT.registration.federated_credentials
    issuer, subject = str(claims.get("iss", "")), str(claims.get("sub", ""))
    if issuer not in {it.issuer for it in records}:
        raise EntraError(700211, issuer=issuer)
    if (issuer, subject) not in {(it.issuer, it.subject) for it in records}:
        raise EntraError(700213, subject=subject)
    record = next((it for it in records if it.fits(issuer, subject, read_audiences(claims))), None)
    if record is None:
        raise EntraError(700212, audience=" ".join(sorted(read_audiences(claims))))
    check_times(claims)
    key = next((it for it in record.keys.keys if it.key_id == header.get("kid")), None)
    if key is None:
        raise EntraError(700027, reason=NOT_FOUND, thumbprint=read_thumbprint(header))
    check_signature(raw, key, FEDERATED_ALGORITHMS, read_thumbprint(header))
