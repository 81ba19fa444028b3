"""Joins allauth and MSAL: allauth keeps the state of a sign-in in the session, MSAL's flow lives in that state."""

from __future__ import annotations

import json
from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, Provider, ProviderAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from accounts.microsoft import entra
from accounts.microsoft.identity import Identity
from accounts.models import TokenCache
from accounts.paths import Purpose, local_or_home

# The person has to show who they are, whatever session Microsoft still has of them.
ASKED_ANEW = (Purpose.CONFIRM, Purpose.STAFF)


class MicrosoftProvider(Provider):  # type: ignore[misc]
    """Not allauth's OAuth2 provider: that one lets any link add scopes and parameters (`?scope=`, `?auth_params=`)."""

    id = "microsoft"
    name = "Microsoft"
    account_class = ProviderAccount
    uses_apps = False
    supports_redirect = True

    def get_login_url(self, request: HttpRequest, **query: str) -> str:
        return reverse("microsoft:login")

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **nothing: Any
    ) -> HttpResponse:
        """To Microsoft; whatever `process` a link asks for, it is a login. Raises SignInFailed."""
        flow = entra.begin_flow(scopes_for(request), **parameters_for(request))
        there = flow.pop("auth_uri")
        back = local_or_home(next_url or "", get_language())
        self.stash_redirect_state(
            request, AuthProcess.LOGIN, back, state_id=flow["state"], flow=flow, purpose=purpose_of(request)
        )
        return HttpResponseRedirect(there)

    def login(self, identity: Identity, state: dict[str, Any]) -> SocialLogin:
        """A sign-in of `identity` for allauth to complete. It is not saved: our own table knows the person."""
        account = SocialAccount(provider=self.id, uid=identity.uid, extra_data=identity.as_json())
        login = SocialLogin(account=account, provider=self)
        login.state = {"process": AuthProcess.LOGIN, "next": state["next"]}
        return login


def purpose_of(request: HttpRequest) -> str:
    """Why somebody who is signed in goes there once more; empty for a first sign-in."""
    given = request.POST.get("purpose", "")
    return given if request.user.is_authenticated and given in list(Purpose) else ""


def scopes_for(request: HttpRequest) -> list[str]:
    """What the person is to allow: little at first, the mailbox when they open a page about it."""
    more = settings.MAILBOX_SCOPES if purpose_of(request) == Purpose.PERMISSION else []
    return [*settings.SIGN_IN_SCOPES, *more]


def parameters_for(request: HttpRequest) -> dict[str, Any]:
    """What Microsoft is asked for: another account, or the person who is signed in, with what it wanted of them."""
    if request.POST.get("account") == "choose":
        return {"prompt": "select_account", "claims_challenge": with_auth_time("")}
    if not request.user.is_authenticated:
        return {"claims_challenge": with_auth_time("")}
    wanted = TokenCache.objects.filter(user=request.user).values_list("claims", flat=True).first()
    fresh = {"prompt": "login", "max_age": settings.STEP_UP_AGE} if purpose_of(request) in ASKED_ANEW else {}
    return {"login_hint": request.user.address or None, "claims_challenge": with_auth_time(wanted or ""), **fresh}


def with_auth_time(challenge: str) -> str:
    """The claims (JSON) of a challenge, and the time at which the person last showed Microsoft who they are."""
    claims = json.loads(challenge) if challenge else {}
    of_id_token = claims.get("id_token")
    wanted = of_id_token if isinstance(of_id_token, dict) else {}
    return json.dumps({**claims, "id_token": {**wanted, "auth_time": {"essential": True}}})


provider_classes = [MicrosoftProvider]
