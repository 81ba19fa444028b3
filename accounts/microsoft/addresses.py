"""The two addresses of this site that Entra has registered and compares exactly: both begin with SITE_URL."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from accounts import outbound


def redirect_uri() -> str:
    """Where Microsoft sends the browser after a sign-in. The Host header of a request has no say in it."""
    return settings.SITE_URL + reverse("microsoft:callback")


def logout_uri(back: str, hint: str = "") -> str:
    """Microsoft's sign-out, as a browser reaches it; it leads back to the path `back`.

    `hint` is the ID token's login_hint claim, so that nobody is asked which account to sign out:
    https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
    """
    query = {"post_logout_redirect_uri": settings.SITE_URL + back}
    if hint:
        query["logout_hint"] = hint
    end = outbound.visible(f"{settings.LOGIN_HOST}/{settings.TENANT_ID}/oauth2/v2.0/logout")
    return f"{end}?{urlencode(query)}"
