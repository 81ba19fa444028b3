"""The one view behind Graph's addresses."""

from django.http import HttpRequest, HttpResponse

from m365_simulator.graph import errors, routes
from m365_simulator.graph.dress import in_dress
from m365_simulator.graph.endpoint import carry_out, who


@in_dress
def service(request: HttpRequest, version: str, path: str) -> HttpResponse:
    """Another version is refused before anything is asked, a strange path after the token."""
    if version != "v1.0":
        raise errors.bad_request("Invalid version.")
    caller = who(request)
    methods, ids = routes.ROOT.find(path)
    return carry_out(request, caller, methods, ids)
