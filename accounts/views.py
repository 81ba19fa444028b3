"""The pages about signing in and out, and the way to Microsoft and back between them."""

from __future__ import annotations

import time
from typing import Any, cast

import msal
from allauth.socialaccount.helpers import complete_social_login
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from accounts import audit, registration_health, sign_in_problem, tokens
from accounts.microsoft import entra
from accounts.microsoft.failures import SignInFailed
from accounts.microsoft.identity import authentication_time, read_identity
from accounts.microsoft.provider import ASKED_ANEW, MicrosoftProvider, purpose_of
from accounts.models import Session, User
from accounts.paths import Purpose, in_language, language_of, local_or_home, sign_in_path
from accounts.sessions import (
    AUTHENTICATED,
    KEPT_FORM,
    SID,
    SIGNED_IN,
    SessionStore,
    end_sessions,
    live_sessions,
    remember_sign_out,
    sign_out_everywhere,
    sign_out_here,
)
from accounts.sign_in_words import WORDS


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The button to Microsoft. With a `purpose` it is shown to somebody signed in, whose tokens are no longer enough.

    It is never pressed by itself: a sign-in that does not help cannot become a loop.
    """
    language = get_language()
    back = in_language(local_or_home(request.GET.get("next", ""), language), language)
    given = request.GET.get("purpose", "")
    purpose = given if request.user.is_authenticated and given in list(Purpose) else ""
    if request.user.is_authenticated and not purpose:
        return HttpResponseRedirect(back)
    context = {
        "back": back,
        "purpose": purpose,
        "problem": sign_in_problem.find_kept_problem(request, purpose),
        "form_is_kept": KEPT_FORM in request.session,
    }
    return render(request, "accounts/sign_in.html", context)


@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """A form leads to Microsoft; a link only to the page with that form, so that no other site can start a sign-in."""
    back = request.POST.get("next") or request.GET.get("next", "")
    with override(language_of(back)):
        if request.method != "POST":
            return HttpResponseRedirect(sign_in_path(back))
        try:
            response: HttpResponse = MicrosoftProvider(request).redirect_from_request(request)
        except SignInFailed as failed:
            return sign_in_problem.redirect_to_problem(
                request, failed, local_or_home(back, get_language()), purpose_of(request)
            )
        return response


@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """Back from Microsoft. The state is used up whatever comes of it."""
    provider = MicrosoftProvider(request)
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        return sign_in_problem.redirect_without_sign_in(request, local_or_home("", get_language()))
    with override(language_of(state["next"])):
        try:
            return complete_sign_in(request, provider, state)
        except SignInFailed as failed:
            return sign_in_problem.redirect_to_problem(request, failed, state["next"], state.get("purpose", ""))


def complete_sign_in(request: HttpRequest, provider: MicrosoftProvider, state: dict[str, Any]) -> HttpResponse:
    """The person's session, with a new key, and their tokens. Raises SignInFailed."""
    cache = msal.SerializableTokenCache()
    claims = entra.redeem_code(state["flow"], request.GET.dict(), cache)
    person = read_identity(claims)
    before = User.objects.filter(pk=request.user.pk or 0).first()
    kept, owner = request.session.get(KEPT_FORM), request.session.get(SESSION_KEY)
    response: HttpResponse = complete_social_login(request, provider.login(person, state))
    if before and before.pk != request.user.pk:
        audit.record(audit.Action.SIGN_OUT, "replaced", before.oid)
    elif kept and owner == str(request.user.pk):  # allauth ends the old session, also that of the same person
        request.session[KEPT_FORM] = kept
    request.session["login_hint"] = str(claims.get("login_hint", ""))
    request.session[SIGNED_IN] = int(time.time())
    why = state.get("purpose", "")
    request.session[AUTHENTICATED] = authentication_time(claims, asked_anew=why in ASKED_ANEW)
    request.session[SID] = str(claims.get("sid", ""))[:64]
    sign_in_problem.drop_problem(request)
    # Saved before the tokens are kept: whoever sweeps meanwhile takes tokens without a session away.
    request.session.save()
    tokens.store_tokens(cast("User", request.user), cache)
    SessionStore.clear_expired()
    registration_health.note_acceptance()
    audit.record(audit.sign_in(why), "done", cast("User", request.user).oid)
    return response


@never_cache
def problem(request: HttpRequest, reason: str) -> HttpResponse:
    """Why a sign-in did not end well, what did not change, and what to do next."""
    if reason not in WORDS:
        raise Http404
    home = local_or_home("", get_language())
    context = {"problem": sign_in_problem.find_problem(request, reason, home), "home": home}
    return render(request, "accounts/problem.html", context, status=WORDS[reason].status)


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Here, then at Microsoft. A mere link ends nothing."""
    home = local_or_home("", get_language())
    if request.method != "POST" or not request.user.is_authenticated:
        return HttpResponseRedirect(home)
    hint = request.session.get("login_hint", "")
    sign_out_here(request, request.user, "here")
    return redirect_to_microsofts_sign_out(home, hint)


def redirect_to_microsofts_sign_out(home: str, hint: str) -> HttpResponse:
    """To Microsoft's sign-out, which leads back to `home`."""
    response = HttpResponseRedirect(entra.logout_uri(home, hint))
    remember_sign_out(response)
    return response


@require_safe
@never_cache
@xframe_options_exempt
@csp_replace({"frame-ancestors": [settings.SIMULATOR or settings.LOGIN_HOST]})
def signed_out_at_microsoft(request: HttpRequest) -> HttpResponse:
    """Microsoft's sign-out page opens this in a frame when somebody signs out there; our cookie does not come along.

    `sid` names the sign-in, and only Microsoft and the person's sessions know it:
    https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#single-sign-out
    """
    sid, issuer = request.GET.get("sid", ""), request.GET.get("iss")
    if sid.isprintable() and sid and issuer in (None, f"{settings.LOGIN_HOST}/{settings.TENANT_ID}/v2.0"):
        end_sessions(Session.objects.filter(sid=sid), "by Microsoft")
    return HttpResponse(content_type="text/plain; charset=utf-8")


@login_required
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in. A form ends one of these sessions, or all of them."""
    person = cast("User", request.user)
    mine = live_sessions().filter(user=person)
    if request.method == "POST":
        return end_chosen_sessions(request, mine)
    here = request.session.session_key
    in_order = sorted(mine.order_by("-seen"), key=lambda session: session.pk != here)
    context = {"sessions": in_order, "here": here}
    return render(request, "accounts/sessions.html", context)


def end_chosen_sessions(request: HttpRequest, mine: QuerySet[Session]) -> HttpResponse:
    """One of them by its number; without a number all of them, with this one, here and at Microsoft."""
    number = request.POST.get("session")
    if number is None:
        hint = request.session.get("login_hint", "")
        sign_out_everywhere(request, cast("User", request.user), "everywhere")
        return redirect_to_microsofts_sign_out(local_or_home("", get_language()), hint)
    others = [session.pk for session in mine if session.number == number]
    end_sessions(mine.filter(pk__in=others).exclude(pk=request.session.session_key), "elsewhere")
    return redirect("accounts:sessions")
