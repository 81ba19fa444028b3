"""Guide pages where they are not served as files: in development, in tests, and before the files are made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from portal.guides import library, page
from portal.web import language


@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    return _answer_with(library.INDEX)


@require_safe
@conditional_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    if slug == library.INDEX:
        raise Http404
    return _answer_with(slug)


@require_safe
def short_link(request: HttpRequest, slug: str) -> HttpResponse:
    """To the guide in the reader's language; the browser keeps the fragment."""
    if slug not in library.list_slugs():
        raise Http404
    response = HttpResponse(status=302, headers={"Location": page.make_address(slug, language.find_preferred(request))})
    language.vary_by_language(response)
    return response


def _answer_with(slug: str) -> HttpResponse:
    text = page.render_page(slug, get_language() or library.LANGUAGES[0])
    if text is None:
        raise Http404
    return HttpResponse(text, headers={"Cache-Control": "no-cache"})
