"""Pages for what Django itself refuses, and for our own faults: they need neither database nor session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override

from portal.web import language
from portal.web.pages import request_by_nobody, waiting_messages
from portal.web.problems import ProblemPage

# A form that is refused in these ways has not come as far as its view.
NOT_BEGUN = ("bad-request", "csrf", "forbidden")


def show_problem(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """A problem page in the language of the address, else the reader's."""
    first = request.path.split("/")[1]
    sent = request.method == "POST" and reason in NOT_BEGUN
    problem = ProblemPage(reason, status, getattr(request, "number", ""), timezone.now(), unchanged=sent)
    reader = request if hasattr(request, "user") else without_reader(request)
    with override(first if first in language.CODES else language.find_preferred(request)):
        context = {"problem": problem, "waiting": waiting_messages(reader)}
        return render(reader, "problems/page.html", context, status=status)


def without_reader(request: HttpRequest) -> HttpRequest:
    """The same address, asked for by nobody in particular."""
    anonymous = request_by_nobody(request.path)
    anonymous.META, anonymous.COOKIES = request.META, request.COOKIES
    anonymous.number = getattr(request, "number", "")  # type: ignore[attr-defined]
    return anonymous


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also for a Host that is not ours, which is refused before anybody has asked who is there."""
    return show_problem(request, "bad-request", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_problem(request, "forbidden", 403)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without this session's token: an old page, or another site's."""
    return show_problem(request, "csrf", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_problem(request, "not-found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault. Needs no database and no session."""
    return show_problem(without_reader(request), "broken", 500)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """A page that takes forms only, asked for as a page, or the other way round; `allowed` is for its Allow header."""
    response = show_problem(request, "not-allowed", 405)
    response["Allow"] = allowed
    return response


def maintenance(request: HttpRequest) -> HttpResponse:
    """For a proxy to keep and show while the site is stopped."""
    return show_problem(without_reader(request), "maintenance", 503)
