"""The one registered application: its secret and its redirect addresses."""

import base64
import binascii
import hmac
import re
from urllib.parse import unquote_plus

from django.http import HttpRequest

from simulator.entra.errors import EntraError
from simulator.tenant import CLIENT_ID, CLIENT_SECRET, TENANT_ID

# As at Microsoft the port of a loopback address is not compared, the rest exactly.
# https://learn.microsoft.com/entra/identity-platform/reply-url
REDIRECT = re.compile(r"http://(localhost|127\.0\.0\.1)(:\d{1,5})?/(accounts/microsoft/login/callback/|ja/|en/)?")


def is_registered(redirect_uri: str) -> bool:
    return REDIRECT.fullmatch(redirect_uri) is not None


def check_client_id(client_id: str, tid: str) -> None:
    """Raises EntraError 700016 for another application, and in another tenant."""
    if client_id.lower() != CLIENT_ID or tid != TENANT_ID:
        raise EntraError(700016, client_id=client_id, tenant=tid)


def authenticate(request: HttpRequest, tid: str) -> None:
    """The secret in the body or as Basic. Raises EntraError 900144, 700016, 7000218, 7000215."""
    client_id, secret = credentials(request)
    if not client_id:
        raise EntraError(900144, field="client_id")
    check_client_id(client_id, tid)
    if "client_assertion" in request.POST:
        raise EntraError(700027)
    if not secret:
        raise EntraError(7000218)
    if not hmac.compare_digest(secret.encode(), CLIENT_SECRET.encode()):
        raise EntraError(7000215, client_id=client_id)


def credentials(request: HttpRequest) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return request.POST.get("client_id", ""), ""
    return unquote_plus(client_id), unquote_plus(secret)
