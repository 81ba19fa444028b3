"""WhiteNoise around the WSGI application: it serves the built static files and guides with their compressed forms."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from whitenoise import WhiteNoise

HASHED = re.compile(r"^/static/.+\.[0-9a-f]{12}\.[a-z0-9]+$")
# What gives every page of the site its security headers; files never pass through it.
_HEADER_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "portal.web.middleware.OwnPagesOnly",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


class Files(WhiteNoise):  # type: ignore[misc]  # it has no types
    def redirect(self, from_url: str, to_url: str) -> Any:
        """To the address with its last slash; WhiteNoise's hook for headers knows files only."""
        answer = super().redirect(from_url, to_url)
        answer.response.headers.extend(page_headers())
        return answer


def serve_files(application: Any) -> WhiteNoise:
    """The application with the files that were built beside it; a folder that is not there is left out.

    With DEBUG the guides are made anew for each reader, so that whoever edits one sees it.
    """
    files = Files(
        application,
        max_age=300,
        immutable_file_test=lambda path, url: HASHED.match(url) is not None,
        add_headers_function=add_headers,
        index_file=True,
    )
    folders = {settings.STATIC_URL: settings.STATIC_ROOT}
    if not settings.DEBUG:
        folders["/"] = settings.RENDERED_GUIDES
    for prefix, folder in folders.items():
        if folder.is_dir():
            files.add_files(str(folder), prefix=prefix)
    return files


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
