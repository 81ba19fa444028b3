"""Which language a reader without a language in the address gets."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

CODES = tuple(code for code, _ in settings.LANGUAGES)


def find_preferred(request: HttpRequest) -> str:
    """By cookie, else by Accept-Language: Japanese for ja, English for any other, Japanese for none."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in CODES:
        return chosen
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    named = [code for code, weight in wanted if code != "*"]
    if not named:
        return "ja"
    return "ja" if named[0].split("-")[0] == "ja" else "en"


def vary_by_language(response: HttpResponseBase) -> None:
    """Tell caches that the answer depends on the reader's language."""
    patch_vary_headers(response, ["Accept-Language", "Cookie"])


def remember(response: HttpResponseBase, code: str) -> None:
    """Keep the language for the next visit without one in the address."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
