"""Back to the application: in the query, the fragment, or as a form that posts itself."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from m365_simulator.entra.authorization import ReturnAddress
from m365_simulator.entra.pages import page


def send_back(request: HttpRequest, back: ReturnAddress, body: dict[str, str]) -> HttpResponse:
    body = body | ({"state": back.state} if back.state else {})
    if back.response_mode == "form_post":
        return page(request, "form_post", {"redirect_uri": back.redirect_uri, "body": body}, sends_to=back.redirect_uri)
    mark = "#" if back.response_mode == "fragment" else "&" if "?" in back.redirect_uri else "?"
    response = HttpResponseRedirect(f"{back.redirect_uri}{mark}{urlencode(body)}")
    response["Cache-Control"] = "no-store, no-cache"
    return response
