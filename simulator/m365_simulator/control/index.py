"""What there is to steer, for whoever opens the simulator's address."""

from inspect import getdoc

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, get_resolver

from m365_simulator.control.door import ACCEPTED, for_programs

ABOVE = f"""A simulated Microsoft 365.

/login/<tenant>/ is login.microsoftonline.com, /graph/v1.0/ is graph.microsoft.com. It is steered here;
what is not a GET wants Content-Type {" or ".join(ACCEPTED)}.

"""


@for_programs("GET")
def index(request: HttpRequest) -> HttpResponse:
    """This list."""
    return HttpResponse(ABOVE + "".join(lines()), content_type="text/plain; charset=utf-8")


def lines() -> list[str]:
    found = get_resolver("m365_simulator.control.urls").url_patterns
    views = {str(it.pattern): it.callback for it in found if isinstance(it, URLPattern)}
    return [
        f"{' '.join(view.methods):8} /control/{path:11}  {(getdoc(view) or '').splitlines()[0]}\n"
        for path, view in views.items()
        if hasattr(view, "methods")
    ]
