"""The language of a page: `ui_locales`, else what the browser prefers, else Japanese."""

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(request: HttpRequest) -> str:
    """ "ja" or "en"; every language but Japanese gets English."""
    asked = request.GET.get("ui_locales", "").split()
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted = [*asked, *(tag for tag, _ in accepted)]
    return "ja" if not wanted or wanted[0].lower().split("-")[0] == "ja" else "en"
