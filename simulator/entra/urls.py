"""login.microsoftonline.com, below /login/."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from simulator.entra import discovery
from simulator.entra.authorize import authorize
from simulator.entra.logout import logout
from simulator.entra.token import token

urlpatterns = [
    path("common/discovery/instance", require_GET(discovery.instance)),
    path(
        "<tenant>/v2.0/.well-known/openid-configuration",
        require_GET(discovery.configuration),
    ),
    path("<tenant>/discovery/v2.0/keys", require_GET(discovery.keys)),
    path("<tenant>/oauth2/v2.0/authorize", require_http_methods(["GET", "POST"])(authorize)),
    path("<tenant>/oauth2/v2.0/token", require_POST(token)),
    path("<tenant>/oauth2/v2.0/logout", require_GET(logout)),
]
