"""The pages about signing in and out."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from accounts import problem as problems
from accounts import signed_out
from accounts.microsoft.addresses import logout_uri
from accounts.microsoft.problems import STATUSES
from accounts.models import Session, User
from accounts.paths import Purpose, in_language, local_or_home
from accounts.sessions import KEPT_FORM, end, end_all, end_here, live_sessions


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The button to Microsoft. With a `purpose` it is shown to somebody signed in, whose tokens are no longer enough.

    It is never pressed by itself: a sign-in that does not help cannot become a loop.
    """
    language = get_language()
    back = in_language(local_or_home(request.GET.get("next", ""), language), language)
    asked = request.GET.get("purpose", "")
    purpose = asked if request.user.is_authenticated and asked in list(Purpose) else ""
    if request.user.is_authenticated and not purpose:
        return HttpResponseRedirect(back)
    context = {
        "back": back,
        "purpose": purpose,
        "problem": problems.kept(request, purpose),
        "form_is_kept": KEPT_FORM in request.session,
    }
    return render(request, "accounts/sign-in.html", context)


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Here, then at Microsoft. A mere link ends nothing."""
    home = local_or_home("", get_language())
    if request.method != "POST" or not request.user.is_authenticated:
        return HttpResponseRedirect(home)
    hint = request.session.get("login_hint", "")
    end_here(request, request.user, "here")
    return to_microsoft(home, hint)


def to_microsoft(home: str, hint: str) -> HttpResponse:
    """To Microsoft's sign-out, which leads back to `home`."""
    response = HttpResponseRedirect(logout_uri(home, hint))
    signed_out.remember(response)
    return response


@login_required
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in. A form ends one of these sessions, or all of them."""
    person = cast("User", request.user)
    mine = live_sessions().filter(user=person)
    if request.method == "POST":
        return end_sessions(request, mine)
    here = request.session.session_key
    in_order = sorted(mine.order_by("-seen"), key=lambda session: session.pk != here)
    context = {"sessions": in_order, "here": here}
    return render(request, "accounts/sessions.html", context)


def end_sessions(request: HttpRequest, mine: QuerySet[Session]) -> HttpResponse:
    """One of them by its number; without a number all of them, with this one, here and at Microsoft."""
    number = request.POST.get("session")
    if number is None:
        hint = request.session.get("login_hint", "")
        end_all(request, cast("User", request.user), "everywhere")
        return to_microsoft(local_or_home("", get_language()), hint)
    others = [session.pk for session in mine if session.number == number]
    end(mine.filter(pk__in=others).exclude(pk=request.session.session_key), "elsewhere")
    return redirect("accounts:sessions")


@never_cache
def problem(request: HttpRequest, reason: str) -> HttpResponse:
    """Why a sign-in did not end well, what did not change, and what to do next."""
    if reason not in STATUSES:
        raise Http404
    home = local_or_home("", get_language())
    context = {"problem": problems.of(request, reason, home), "home": home}
    return render(request, "accounts/problem.html", context, status=STATUSES[reason])
