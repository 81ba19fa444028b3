"""How often one person, and one address on the network, may send forms and sign in."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from accounts import audit
from portal.web.problems import ProblemPage, problem_page

# The counters of ACCOUNT_RATE_LIMITS look back this many seconds.
WINDOW = 60
SIGN_IN = "microsoft:login"


class RateLimits:
    """Answers 429 with a page, before the view is asked. Pages that only show something are not counted."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        action = counted_as(request)
        if action is None or ratelimit.consume(request, action=action):
            return None
        person = request.user if request.user.is_authenticated else None
        audit.record(audit.Action.LIMIT, "refused", person)
        number = getattr(request, "number", "")
        problem = ProblemPage("too-often", HTTPStatus.TOO_MANY_REQUESTS, number, timezone.now(), retry_after=WINDOW)
        return problem_page(request, problem)


def counted_as(request: HttpRequest) -> str | None:
    """The counter of ACCOUNT_RATE_LIMITS, None for what is not counted.

    The way back from Microsoft is a GET, which allauth does not count: it does something only for a sign-in that a form
    here began.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if request.resolver_match and request.resolver_match.view_name == SIGN_IN:
        return "sign_in"
    return "write" if request.user.is_authenticated else "sign_in"
