"""What allauth asks this site about accounts. It keeps the session; Microsoft and our own table know the person."""

from __future__ import annotations

import logging
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from accounts import outbound
from accounts.microsoft.identity import Identity
from accounts.paths import is_local

log = logging.getLogger("accounts")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site: the Host header and ALLOWED_HOSTS have no say."""
        return is_local(url)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """For the limits by network address. A header that is not as TRUSTED_PROXIES says stops nobody's form."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied) as error:
            log.error("X-Forwarded-For does not fit TRUSTED_PROXIES: %s", type(error).__name__)
            return str(request.META.get("REMOTE_ADDR", ""))

    def get_login_stages(self) -> list[str]:
        return []

    def add_message(self, *args: Any, **options: Any) -> None:
        """The page after a sign-in shows who is signed in; no message has to."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Name the person by `tid` and `oid`, before allauth could look for an address or make an account."""
        identity = Identity(**sociallogin.account.extra_data)
        sociallogin.user = identity.user()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> requests.Session:
        return outbound.session()
