"""What happens when a session ended while a page was open."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from accounts.paths import page_in_front, sign_in_path


class SessionEnded:
    """Leads to the sign-in page and back to the page that the person sees, not to the address they posted to.

    htmx would put the sign-in page into a part of the open one; it is told to go there instead.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if not leads_to_sign_in(response) or request.user.is_authenticated:
            return response
        there = sign_in_path(page_in_front(request))
        if request.headers.get("HX-Request") == "true":
            response = HttpResponse(status=204, headers={"HX-Redirect": there, "Cache-Control": "no-store"})
        elif request.method not in ("GET", "HEAD"):
            response["Location"] = there
        patch_vary_headers(response, ["HX-Request"])
        return response


def leads_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == reverse("accounts:sign-in")
