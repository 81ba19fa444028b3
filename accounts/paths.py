"""The page to go back to, which a stranger may have written into the link."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path, override

# Characters: longer ones are no address of a page of ours.
LONGEST = 2000


def is_local(path: str) -> bool:
    """Whether `path` is a path of this site and nothing that a browser would read as another host."""
    return len(path) <= LONGEST and path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def local_or_home(path: str, language: str) -> str:
    """`path`, else the home page in `language`."""
    if is_local(path):
        return path
    with override(language):
        return resolve_url(settings.LOGIN_REDIRECT_URL)


def language_of(path: str) -> str:
    """The language that `path` begins with, else the reader's."""
    return get_language_from_path(path) or get_language()


def in_language(path: str, language: str) -> str:
    """The same page in another language, where there is one."""
    with override(language_of(path)):
        return translate_url(path, language)


class Purpose(StrEnum):
    """Why somebody who is signed in is sent to Microsoft once more."""

    AGAIN = "again"
    PERMISSION = "permission"
    CONFIRM = "confirm"
    STAFF = "staff"


def sign_in_path(back: str, purpose: Purpose | None = None) -> str:
    """The sign-in page in the reader's language, which leads back to `back`; `purpose` is for who is signed in."""
    page = reverse("accounts:sign-in")
    query = ({"next": back} if is_local(back) else {}) | ({"purpose": purpose.value} if purpose else {})
    return f"{page}?{urlencode(query)}" if query else page


def page_in_front(request: HttpRequest) -> str:
    """The path of the page that the person sees; empty if it is not known.

    For a form or an htmx request that is not the request's own address: the browser says it in
    HX-Current-URL or Referer.
    """
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return request.get_full_path()
    try:
        seen = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if seen.netloc not in (request.get_host(), urlsplit(settings.SITE_URL).netloc):
        return ""
    return seen._replace(scheme="", netloc="", fragment="").geturl()
