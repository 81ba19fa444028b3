"""A guide page as text: the same for everyone, so nothing of a request goes into it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.translation import override

from portal.guides import library
from portal.guides.guide import Guide
from portal.web import navigation
from portal.web.pages import request_by_nobody


def make_address(slug: str, language: str) -> str:
    """The path of a guide, or of the list of guides."""
    with override(language):
        return reverse("guides:index") if slug == library.INDEX else reverse("guides:guide", args=[slug])


def render_page(slug: str, language: str) -> str | None:
    """The whole page, or None where there is no such guide. Raises GuideError."""
    guide = library.find_guide(slug, language)
    if guide is None:
        return None
    with override(language):
        template = "guides/index.html" if slug == library.INDEX else "guides/guide.html"
        return render_to_string(template, _make_context(guide))


def _make_context(guide: Guide) -> dict[str, object]:
    site = navigation.describe_site(_make_request(make_address(guide.slug, guide.language)))
    addresses = {code: site["site_url"] + make_address(guide.slug, code) for code in library.LANGUAGES}
    short_path = reverse("guide_link", args=[guide.slug])
    short = site["site_url"] + short_path
    return {
        **site,
        "guide": guide,
        "addresses": addresses,
        "canonical": addresses[guide.language],
        "short": short,
        "short_path": short_path,
        "qr": draw_qr_code(short),
    }


def _make_request(path: str) -> HttpRequest:
    """For the menu and the language switch."""
    request = request_by_nobody(path)
    request.resolver_match = resolve(path)
    return request


def draw_qr_code(address: str) -> str:
    """An SVG element in black on nothing, with a quiet zone of two modules, sized by the page's style."""
    # Only here: a site whose guides are made already draws no code, and does without its memory.
    import segno  # noqa: PLC0415

    return str(segno.make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))
