"""One helper answers a page, whole or in part; views never ask about htmx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

UNPROCESSABLE = 422


def page(
    request: HttpRequest, whole: str, part: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The template `whole`, or only `part` of it when htmx asks for a part (its HX-Request-Type header)."""
    wants_part = request.headers.get("HX-Request-Type") == "partial"
    response = render(request, part if wants_part else whole, context, status=status)
    patch_vary_headers(response, ["HX-Request-Type"])
    return response
