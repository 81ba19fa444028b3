"""Under which address a caller knows us, and which tenants there are.

Asked as login.microsoftonline.com we answer with that host (only the browser's page is at the
visible loopback address); asked directly, with the caller's own scheme and host, below /login.
"""

from django.http import HttpRequest

from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.person import DOMAIN, OTHER_TENANT_ID, TENANT_ID

MICROSOFT = "login.microsoftonline.com"
CONSUMERS_ID = "9188040d-6c67-4c5b-b112-36a304b66dad"  # where Microsoft keeps personal accounts
TENANTS = {
    TENANT_ID: TENANT_ID,
    DOMAIN: TENANT_ID,
    OTHER_TENANT_ID: OTHER_TENANT_ID,
    "other.example": OTHER_TENANT_ID,
    CONSUMERS_ID: CONSUMERS_ID,
    "consumers": CONSUMERS_ID,
}
ANY_TENANT = ("common", "organizations")
PERSONAL_DOMAINS = ("outlook.com", "outlook.jp", "hotmail.com", "live.com", "live.jp", "msn.com")


def authority(request: HttpRequest) -> str:
    if request.get_host() == MICROSOFT:
        return f"https://{MICROSOFT}"
    return f"{request.scheme}://{request.get_host()}/login"


def visible_authority(request: HttpRequest) -> str:
    """What a browser on this machine can open."""
    if request.get_host() != MICROSOFT:
        return authority(request)
    host, port = request.META["SERVER_NAME"], request.META["SERVER_PORT"]
    return f"{request.scheme}://{f'[{host}]' if ':' in host else host}:{port}/login"


def issuer(request: HttpRequest, tid: str) -> str:
    return f"{authority(request)}/{tid}/v2.0"


def tenant_id(name: str) -> str:
    """Its id for a tenant's id or domain. Raises EntraError 90002."""
    if name.lower() not in TENANTS:
        raise EntraError(90002, tenant=name)
    return TENANTS[name.lower()]


def is_any_tenant(name: str) -> bool:
    """/common and /organizations: the account decides."""
    return name.lower() in ANY_TENANT


def graph_authority(request: HttpRequest) -> str:
    """Graph, as the caller knows it."""
    if request.get_host() == MICROSOFT:
        return "https://graph.microsoft.com"
    return f"{request.scheme}://{request.get_host()}/graph"
