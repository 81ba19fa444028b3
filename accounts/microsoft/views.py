"""To Microsoft and back."""

from __future__ import annotations

import time
from typing import Any, cast

import msal
from allauth.socialaccount.helpers import complete_social_login
from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from accounts import audit, problem, sessions, standing, token_cache
from accounts.microsoft import entra
from accounts.microsoft.identity import authenticated, identity
from accounts.microsoft.problems import SignInFailed
from accounts.microsoft.provider import ASKED_ANEW, MicrosoftProvider, purpose
from accounts.models import Session, User
from accounts.paths import language_of, local_or_home, sign_in_path
from accounts.sessions import AUTHENTICATED, KEPT_FORM, SID, SIGNED_IN, SessionStore


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
            return problem.page_for(request, failed, local_or_home(back, get_language()), purpose(request))
        return response


@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """Back from Microsoft. The state is used up whatever comes of it."""
    provider = MicrosoftProvider(request)
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        return problem.stray(request, local_or_home("", get_language()))
    with override(language_of(state["next"])):
        try:
            return signed_in(request, provider, state)
        except SignInFailed as failed:
            return problem.page_for(request, failed, state["next"], state.get("purpose", ""))


def signed_in(request: HttpRequest, provider: MicrosoftProvider, state: dict[str, Any]) -> HttpResponse:
    """The person's session, with a new key, and their tokens. Raises SignInFailed."""
    cache = msal.SerializableTokenCache()
    claims = entra.redeem(state["flow"], request.GET.dict(), cache)
    person = identity(claims)
    before = User.objects.filter(pk=request.user.pk or 0).first()
    kept = request.session.get(KEPT_FORM)
    response: HttpResponse = complete_social_login(request, provider.login(person, state))
    if before and before.pk != request.user.pk:
        audit.record(audit.Action.SIGN_OUT, "replaced", before.oid)
    elif kept:  # allauth ends the old session, also that of the same person
        request.session[KEPT_FORM] = kept
    request.session["login_hint"] = str(claims.get("login_hint", ""))
    request.session[SIGNED_IN] = int(time.time())
    why = state.get("purpose", "")
    request.session[AUTHENTICATED] = authenticated(claims, asked_anew=why in ASKED_ANEW)
    request.session[SID] = str(claims.get("sid", ""))[:64]
    problem.forget(request)
    # Saved before the tokens are kept: whoever sweeps meanwhile takes tokens without a session away.
    request.session.save()
    token_cache.keep(cast("User", request.user), cache)
    SessionStore.clear_expired()
    standing.accepted()
    audit.record(audit.sign_in(why), "done", cast("User", request.user).oid)
    return response


@require_safe
@never_cache
@xframe_options_exempt
@csp_replace({"frame-ancestors": [settings.SIMULATOR or settings.LOGIN_HOST]})
def signed_out(request: HttpRequest) -> HttpResponse:
    """Microsoft's sign-out page opens this in a frame when somebody signs out there; our cookie does not come along.

    `sid` names the sign-in, and only Microsoft and the person's sessions know it:
    https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#single-sign-out
    """
    sid, issuer = request.GET.get("sid", ""), request.GET.get("iss")
    if sid.isprintable() and sid and issuer in (None, f"{settings.LOGIN_HOST}/{settings.TENANT_ID}/v2.0"):
        sessions.end(Session.objects.filter(sid=sid), "by Microsoft")
    return HttpResponse(content_type="text/plain; charset=utf-8")
