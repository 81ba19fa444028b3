"""Whether somebody has just signed out in this browser: known to it alone, for the few minutes of the way back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def remember(response: HttpResponse) -> None:
    response.set_cookie(
        settings.SIGNED_OUT_COOKIE_NAME,
        "1",
        max_age=settings.SIGNED_OUT_COOKIE_AGE,
        secure=settings.SIGNED_OUT_COOKIE_SECURE,
        httponly=settings.SIGNED_OUT_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def just_now(request: HttpRequest) -> bool:
    return bool(request.COOKIES.get(settings.SIGNED_OUT_COOKIE_NAME))


def forget(response: HttpResponse) -> None:
    """It is said once."""
    response.delete_cookie(settings.SIGNED_OUT_COOKIE_NAME, samesite="Lax")
