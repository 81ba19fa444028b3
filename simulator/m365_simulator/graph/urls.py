"""The one view behind Graph's addresses: what is below the version is OData's to read, not Django's."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from m365_simulator.graph import errors, routes
from m365_simulator.graph.answer_headers import with_graph_headers
from m365_simulator.graph.endpoint import authenticate, carry_out
from m365_simulator.graph.reports import download


@with_graph_headers
def answer_graph(request: HttpRequest, version: str, path: str) -> HttpResponse:
    """Another version is refused before anything is asked, a strange path after the token."""
    if version != "v1.0":
        raise errors.bad_request("Invalid version.")
    caller = authenticate(request)
    methods, ids = routes.ROOT.find(path)
    return carry_out(request, caller, methods, ids)


urlpatterns = [
    re_path(r"^data/download/(?P<key>[^/]+)$", download),
    re_path(r"^(?P<version>[^/]*)/?(?P<path>(?s:.*))$", answer_graph),
]
