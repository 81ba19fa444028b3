"""Guide pages as files, and the headers that they are served with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from whitenoise.compress import Compressor

from portal.guides import library, page

# What gives every page of the site its security headers; files never pass through it.
_HEADER_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "portal.web.middleware.OwnPagesOnly",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def render(folder: Path) -> list[Path]:
    """Write every guide in every language under `folder`, with its compressed forms. Raises GuideError."""
    pages = [(slug, language) for language in library.LANGUAGES for slug in (library.INDEX, *library.slugs())]
    written = [path for slug, language in pages if (path := _written(folder, slug, language))]
    for language in library.LANGUAGES:
        _clean(folder / page.address(library.INDEX, language).strip("/"), written)
    return written


def _written(folder: Path, slug: str, language: str) -> Path | None:
    """The page's file; an unchanged one is left alone, so that its time, and with it its ETag, stays."""
    path = folder / page.address(slug, language).strip("/") / "index.html"
    text = page.text(slug, language)
    if text is None:
        return None
    body = text.encode()
    if not path.is_file() or path.read_bytes() != body:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        Compressor(quiet=True).compress(str(path))
    return path


def _clean(folder: Path, written: list[Path]) -> None:
    """Remove pages of guides that are no longer there."""
    for old in folder.glob("*/index.html*"):
        if old.with_name("index.html") not in written:
            old.unlink()


def add_headers(headers: Headers, path: str, url: str) -> None:
    """WhiteNoise's hook: a file gets what Django's middleware would give a page."""
    del headers["Access-Control-Allow-Origin"]
    for name, value in page_headers():
        headers[name] = value
    if path.endswith(".html"):
        headers["Content-Language"] = url.strip("/").partition("/")[0]


@cache
def page_headers() -> tuple[tuple[str, str], ...]:
    """The headers of an empty page that passed through the site's own middleware."""

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    answer = empty
    for name in reversed([name for name in settings.MIDDLEWARE if name in _HEADER_MIDDLEWARE]):
        answer = import_string(name)(answer)
    request = HttpRequest()
    request.META.update({"SERVER_NAME": "localhost", "SERVER_PORT": "443", "HTTP_X_FORWARDED_PROTO": "https"})
    return tuple((name, value) for name, value in answer(request).headers.items() if name != "Content-Type")
