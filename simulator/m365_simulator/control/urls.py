"""The paths that steer the simulator, and the list of them for whoever opens its address."""

from inspect import getdoc

from django.http import HttpRequest, HttpResponse
from django.urls import path

from m365_simulator.control import entra, views
from m365_simulator.control.api import ACCEPTED, for_programs

ABOVE = f"""A simulated Microsoft 365.

/login/<tenant>/ is login.microsoftonline.com, /graph/v1.0/ is graph.microsoft.com. It is steered here;
what is not a GET wants Content-Type {" or ".join(ACCEPTED)}.

"""


@for_programs("GET")
def index(request: HttpRequest) -> HttpResponse:
    """This list."""
    return HttpResponse(ABOVE + "".join(list_paths()), content_type="text/plain; charset=utf-8")


def list_paths() -> list[str]:
    listed = {str(it.pattern): it.callback for it in urlpatterns}
    return [
        f"{' '.join(view.methods):8} /control/{path:11}  {(getdoc(view) or '').splitlines()[0]}\n"
        for path, view in listed.items()
        if hasattr(view, "methods")
    ]


urlpatterns = [
    path("", index),
    path("reset", views.reset),
    path("people", views.people),
    path("generate", views.generate),
    path("token", views.token),
    path("deliver", views.deliver),
    path("outbox", views.outbox),
    path("faults", views.faults),
    path("requests", views.requests),
    path("switches", views.switches),
    path("application", entra.application),
    path("conditions", entra.conditions),
    path("keys", entra.keys),
    path("revoke", entra.revoke),
    path("disable", entra.disable),
    path("<path:unknown>", views.unknown),
]
