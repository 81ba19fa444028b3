"""Two of Microsoft's hosts by path, and the paths that steer the simulator."""

from pathlib import Path

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods
from django.views.static import serve

from m365_simulator.control.urls import index
from m365_simulator.entra.userinfo import userinfo

urlpatterns = [
    path("", index),
    path("login/", include("m365_simulator.entra.urls")),
    path("graph/oidc/userinfo", require_http_methods(["GET", "POST"])(userinfo)),
    path("graph/", include("m365_simulator.graph.urls")),
    path("control/", include("m365_simulator.control.urls")),
    path("static/<path:path>", serve, {"document_root": Path(__file__).parent / "static"}),
]


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return JsonResponse({"error": f"There is nothing at {request.path}."}, status=404)


handler404 = not_found
