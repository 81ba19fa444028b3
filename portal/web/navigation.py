"""The menu, and what every page shows about the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MenuEntry:
    name: str
    label: Any
    signed_in_only: bool = True

    @property
    def app(self) -> str:
        return self.name.partition(":")[0]


PLACES = (
    MenuEntry("home:index", _("Home"), signed_in_only=False),
    MenuEntry("quota:index", _("Storage")),
    MenuEntry("forwarding:index", _("Forwarding")),
    MenuEntry("rules:index", _("Rules")),
    MenuEntry("history:index", _("History")),
    MenuEntry("guides:index", _("Set-up guides"), signed_in_only=False),
)


@dataclass(frozen=True)
class MenuItem:
    label: Any
    url: str
    here: bool


@lru_cache
def find_address(name: str, language: str) -> str:
    """The path of a place in the active language, which is `language`; a process has one mount point, so it stays."""
    return reverse(name)


def make_menu(request: HttpRequest, signed_in: bool) -> list[MenuItem]:
    """The places this reader can go to, the present one marked."""
    here = request.resolver_match.app_names[0] if request.resolver_match and request.resolver_match.app_names else ""
    mine = {"guides": address_fragment(request) if signed_in else ""}
    language = get_language() or "ja"
    return [
        MenuItem(place.label, find_address(place.name, language) + mine.get(place.app, ""), here == place.app)
        for place in PLACES
        if signed_in or not place.signed_in_only
    ]


def address_fragment(request: HttpRequest) -> str:
    """What a link to a guide ends with: the reader's address in a fragment, which the browser keeps to itself."""
    return f"#me={quote(request.user.address, safe='@')}" if request.user.is_authenticated else ""


def link_other_language(request: HttpRequest) -> dict[str, str]:
    """The language switch: the same page in the other language, else its home page."""
    code = "en" if get_language() == "ja" else "ja"
    path = request.get_full_path()
    there = translate_url(path, code)
    if there == path:
        with override(code):
            there = reverse("home:index")
    return {"code": code, "url": there, "name": {"ja": "日本語", "en": "English"}[code]}


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """For every template: the service's facts, the menu, the language switch, whether Microsoft is simulated."""
    return {
        "service": settings.SERVICE,
        "simulated": bool(settings.SIMULATOR),
        "demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "menu": SimpleLazyObject(lambda: make_menu(request, request.user.is_authenticated)),
        "public_menu": SimpleLazyObject(lambda: make_menu(request, signed_in=False)),
        "to_guides": SimpleLazyObject(lambda: address_fragment(request)),
        "other_language": SimpleLazyObject(lambda: link_other_language(request)),
    }
