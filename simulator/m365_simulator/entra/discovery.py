"""The documents that tell a client where everything is.

https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.keys import ALGORITHM
from m365_simulator.entra.addresses import (
    MICROSOFT,
    authority,
    graph_authority,
    is_any_tenant,
    issuer,
    tenant_id,
    visible_authority,
)
from m365_simulator.tenant import TENANT

AUTHENTICATION = ["client_secret_post", "private_key_jwt", "client_secret_basic"]
CLAIMS = [
    "sub",
    "iss",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "acr",
    "nonce",
    "preferred_username",
    "name",
    "tid",
    "ver",
    "at_hash",
    "c_hash",
    "email",
]


def configuration(request: HttpRequest, tenant: str) -> HttpResponse:
    """/common/ has the issuer with the words {tenantid} in it, as at Microsoft."""
    try:
        tid = "{tenantid}" if is_any_tenant(tenant) else tenant_id(tenant)
    except EntraError as refusal:
        return JsonResponse(refusal.as_json(), status=refusal.meaning.status)
    segment = tenant.lower() if is_any_tenant(tenant) else tid
    here = f"{authority(request)}/{segment}"
    visible = f"{visible_authority(request)}/{segment}"
    return JsonResponse(
        {
            "token_endpoint": f"{here}/oauth2/v2.0/token",
            "token_endpoint_auth_methods_supported": AUTHENTICATION,
            "jwks_uri": f"{here}/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "response_types_supported": ["code"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": published_issuer(request, tid),
            "request_uri_parameter_supported": False,
            "userinfo_endpoint": f"{graph_authority(request)}/oidc/userinfo",
            "authorization_endpoint": f"{visible}/oauth2/v2.0/authorize",
            "http_logout_supported": True,
            "frontchannel_logout_supported": True,
            "end_session_endpoint": f"{visible}/oauth2/v2.0/logout",
            "code_challenge_methods_supported": ["plain", "S256"],
            "claims_supported": CLAIMS,
            "tenant_region_scope": "AS",
            "cloud_instance_name": "microsoftonline.com",
            "cloud_graph_host_name": "graph.windows.net",
            "msgraph_host": "graph.microsoft.com",
        }
    )


def published_issuer(request: HttpRequest, tid: str) -> str:
    """Another host's by the switch `discovery_issuer`: a client must refuse the whole document."""
    wrong = switches.value("discovery_issuer") == "wrong"
    return f"https://login.example.com/{tid}/v2.0" if wrong else issuer(request, tid)


def keys(request: HttpRequest, tenant: str) -> HttpResponse:
    try:
        tid = "{tenantid}" if is_any_tenant(tenant) else tenant_id(tenant)
    except EntraError as refusal:
        return JsonResponse(refusal.as_json(), status=refusal.meaning.status)
    with TENANT.lock:
        published = [key.jwk() | {"issuer": issuer(request, tid)} for key in TENANT.keys.published]
    return JsonResponse({"keys": published})


def instance(request: HttpRequest) -> HttpResponse:
    """MSAL asks which hosts are the same cloud, unless told not to."""
    cloud: dict[str, Any] = {
        "preferred_network": MICROSOFT,
        "preferred_cache": "login.windows.net",
        "aliases": [MICROSOFT, "login.windows.net", "login.microsoft.com", "sts.windows.net"],
    }
    return JsonResponse(
        {
            "tenant_discovery_endpoint": (f"{authority(request)}/common/v2.0/.well-known/openid-configuration"),
            "api-version": "1.1",
            "metadata": [cloud],
        }
    )
