"""login.microsoftonline.com, below /login/."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from m365_simulator.entra import discovery
from m365_simulator.entra.authorize import authorize
from m365_simulator.entra.logout import logout
from m365_simulator.entra.token_endpoint import token

by_browser = require_http_methods(["GET", "POST"])

urlpatterns = [
    path("common/discovery/instance", require_GET(discovery.instance)),
    path(
        "<tenant>/v2.0/.well-known/openid-configuration",
        require_GET(discovery.configuration),
    ),
    path("<tenant>/discovery/v2.0/keys", require_GET(discovery.keys)),
    path("<tenant>/oauth2/v2.0/authorize", by_browser(authorize)),
    path("<tenant>/oauth2/v2.0/token", token),
    path("<tenant>/oauth2/v2.0/logout", by_browser(logout)),
]
