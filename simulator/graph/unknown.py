"""Addresses that Graph does not have."""

from django.http import HttpRequest, HttpResponse

from simulator.graph.endpoint import Door, who
from simulator.graph.errors import GraphError, bad_request, unknown_segment


class Unknown(Door):
    """The last segment is named, as Graph does; another version is another error."""

    def answer(self, request: HttpRequest, ids: dict[str, str]) -> HttpResponse:
        version, _, path = ids["rest"].partition("/")
        if version != "v1.0":
            raise bad_request("Invalid version.")
        who(request)
        raise self.missing(path.rstrip("/"))

    def missing(self, path: str) -> GraphError:
        return unknown_segment(path.rpartition("/")[2] or "v1.0")
