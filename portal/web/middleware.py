"""What happens around every page: its number, the reader's language, limits, headers, and plain pages for problems."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone
from django.utils.cache import has_vary_header, patch_cache_control
from django.utils.translation import activate, get_language, get_language_from_path

from accounts import audit
from portal.logs import request_number
from portal.web import language
from portal.web.plain_pages import not_allowed
from portal.web.problems import ProblemPage, answer_problem, problem_page

log = logging.getLogger("portal")

# Without 0, O, 1, I and L: the number is read out on the telephone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

# The counters of ACCOUNT_RATE_LIMITS look back this many seconds.
WINDOW = 60
SIGN_IN = "microsoft:login"

Answer = Callable[[HttpRequest], HttpResponseBase]


def new_number() -> str:
    """A reference number such as MD-7Q4K-2WF3."""
    return "MD-" + "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))


class RequestNumber:
    """Gives each request the reference number that its problem page shows and its log lines carry."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.number = new_number()  # type: ignore[attr-defined]
        request_number.set(request.number)  # type: ignore[attr-defined]
        response = self.answer(request)
        if getattr(request, "explained", None) == response.status_code:
            response._has_been_logged = True  # type: ignore[attr-defined]  # or Django logs it again, with its path
        elif response.status_code >= 500:
            log.error(
                "%s answered %s to %s %s",
                request.number,  # type: ignore[attr-defined]
                response.status_code,
                request.method,
                get_view_name(request),
            )
        return response


class ReadersLanguage(LocaleMiddleware):
    """Django's, with our own answer for an address without a language (`portal.web.language.find_preferred`)."""

    def process_request(self, request: HttpRequest) -> None:
        code = get_language_from_path(request.path_info) or language.find_preferred(request)
        activate(code)
        request.LANGUAGE_CODE = code


class RememberLanguage:
    """Keeps the language of the last dynamic page in a cookie. Guides set none: they are the same for everyone."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        match = request.resolver_match
        if match is None or match.app_name in ("", "guides") or response.status_code != 200:
            return response
        code = get_language() or "ja"
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != code:
            language.remember(response, code)
        return response


class PrivatePages:
    """Nobody keeps a page that was made for one person: neither a cache on the way nor a shared computer's browser.

    Such a page depends on the cookie. Guides do not, and may be kept.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if has_vary_header(response, "Cookie") and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class OwnPagesOnly:
    """No page of another site may load an answer of ours as its own picture, script or style.

    https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Cross-Origin-Resource-Policy
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RateLimits:
    """How often one person, and one address on the network, may send forms and sign in.

    Answers 429 with a page before the view is asked. Pages that only show something are not counted.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        action = choose_counter(request)
        if action is None or ratelimit.consume(request, action=action):
            return None
        audit.record(audit.Action.LIMIT, "refused", request.user.oid if request.user.is_authenticated else None)
        number = getattr(request, "number", "")
        problem = ProblemPage("too-often", HTTPStatus.TOO_MANY_REQUESTS, number, timezone.now(), retry_after=WINDOW)
        return problem_page(request, problem)


class Problems:
    """Turns what Microsoft or the sign-in refused into a page, and a bare 405; all else rises to Django's 500."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return not_allowed(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return answer_problem(request, problem)


def get_view_name(request: HttpRequest) -> str:
    """The page's name for the log: never its address, which may carry a value."""
    return request.resolver_match.view_name if request.resolver_match else "no page"


def choose_counter(request: HttpRequest) -> str | None:
    """The counter of ACCOUNT_RATE_LIMITS, None for what is not counted.

    The way back from Microsoft is a GET, which allauth does not count: it does something only for a sign-in that a form
    here began.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if request.resolver_match and request.resolver_match.view_name == SIGN_IN:
        return "sign_in"
    return "write" if request.user.is_authenticated else "sign_in"
