"""What pages are answered with: a template whole or in part, what is still to be told, and a request by nobody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage, Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

UNPROCESSABLE = 422


def waiting_messages(request: HttpRequest) -> list[Message]:
    """What the person has not been told yet, that a change was made above all. It stays for the next page as well.

    https://docs.djangoproject.com/en/5.2/ref/contrib/messages/#expiration-of-messages
    """
    storage = get_messages(request)
    found = list(storage)
    if isinstance(storage, BaseStorage):
        storage.used = False
    return found


def render_whole_or_part(
    request: HttpRequest, whole: str, part: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The template `whole`, or only `part` of it when htmx asks for a part (its HX-Request-Type header).

    For the few addresses that a page asks for a part of; every other view answers with Django's `render`.
    """
    wants_part = request.headers.get("HX-Request-Type") == "partial"
    response = render(request, part if wants_part else whole, context, status=status)
    patch_vary_headers(response, ["HX-Request-Type"])
    return response


def request_by_nobody(path: str) -> HttpRequest:
    """A GET by nobody in particular: a page for it needs neither session nor database."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.user = AnonymousUser()
    return request
