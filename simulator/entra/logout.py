"""Sign-out: the browser's session ends, and the person goes back where the client wants them.

https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from simulator.entra.addresses import ANY_TENANT, tenant_id
from simulator.entra.client import is_registered
from simulator.entra.errors import EntraError
from simulator.entra.pages import page, refusal_page
from simulator.entra.session import end_session


def logout(request: HttpRequest, tenant: str) -> HttpResponse:
    """To `post_logout_redirect_uri` when it is registered, else a page that says it is done."""
    try:
        known = tenant in ANY_TENANT or tenant_id(tenant)
    except EntraError as refusal:
        return refusal_page(request, refusal)
    target = request.GET.get("post_logout_redirect_uri", "")
    if not (known and is_registered(target)):
        return end_session(request, page(request, "signed_out", {}))
    state = request.GET.get("state")
    query = "?" + urlencode({"state": state}) if state else ""
    return end_session(request, HttpResponseRedirect(target + query))
