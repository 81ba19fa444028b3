"""The one registered application: is it known here, where does it live, and is it really it?"""

import base64
import binascii
import hmac
import re
import time
from urllib.parse import unquote_plus

from django.http import HttpRequest

from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from m365_simulator.entra.addresses import CONSUMERS_ID, is_any_tenant, tenant_id
from m365_simulator.entra.assertion import check_assertion
from m365_simulator.tenant import TENANT

# As at Microsoft the port of a loopback address is not compared, the rest exactly.
# https://learn.microsoft.com/entra/identity-platform/reply-url
LOOPBACK = re.compile(r"(http://(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(/.*)?")


def is_registered(address: str) -> bool:
    known = {drop_port(it) for it in TENANT.registration.redirect_uris}
    return bool(address) and drop_port(address) in known


def drop_port(address: str) -> str:
    loopback = LOOPBACK.fullmatch(address)
    return f"{loopback[1]}{loopback[2] or '/'}" if loopback else address


def find_tenant(client_id: str, name: str) -> str:
    """The id of the path's tenant; "" where the account decides.

    Raises EntraError 50194 (/common), 90002 (no such tenant), 9002332 (/consumers), 700016 (another application, or
    a tenant that does not know ours).
    """
    shared = TENANT.registration.multi_tenant
    if is_any_tenant(name):
        if not shared:
            raise EntraError(50194, client_id=client_id)
        tid = ""
    else:
        tid = tenant_id(name)
    if tid == CONSUMERS_ID:
        raise EntraError(9002332, client_id=client_id)
    if client_id.lower() != CLIENT_ID or not (shared or tid == TENANT_ID):
        raise EntraError(700016, client_id=client_id, tenant=name)
    return tid


def authenticate(request: HttpRequest, client_id: str, secret: str, tid: str) -> None:
    """A secret in the body or as Basic, or an assertion. Raises EntraError 7000218, 7000215, 7000222, or as there."""
    if "client_assertion" in request.POST:
        return check_assertion(request, client_id, tid)
    if not secret:
        raise EntraError(7000218)
    if not hmac.compare_digest(secret.encode(), CLIENT_SECRET.encode()):
        raise EntraError(7000215, client_id=client_id)
    expires = TENANT.registration.secret_expires_at
    if expires is not None and expires <= time.time():
        raise EntraError(7000222, client_id=client_id)
    return None


def read_credentials(request: HttpRequest) -> tuple[str, str]:
    """Client id and secret, "" when missing."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return request.POST.get("client_id", ""), ""
    return unquote_plus(client_id), unquote_plus(secret)
