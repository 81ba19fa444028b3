"""Whether the site can do its work: for whoever watches it. A load balancer asks /healthz, which stays well."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import probes, standing

OK = "ok"


def database() -> str:
    try:
        probes.ask_database()
    except DatabaseError as error:
        return f"failed: {type(error).__name__}"
    return OK


def shared_cache() -> str:
    try:
        return OK if probes.cache_keeps() else "failed: it keeps nothing"
    except Exception as error:  # each backend has errors of its own
        return f"failed: {type(error).__name__}"


def keys() -> str:
    try:
        table = probes.unopened()
    except DatabaseError as error:
        return f"failed: {type(error).__name__}"
    return f"failed: no key of TOKEN_KEYS opens {table}" if table else OK


def microsoft() -> str:
    """What Microsoft last said of this site itself. Nothing is asked for it."""
    try:
        code = standing.problem()
    except Exception as error:  # as above
        return f"unknown: {type(error).__name__}"
    return f"failed: {code}, see docs/entra.md" if code else OK


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "cache": shared_cache,
    "keys": keys,
    "microsoft": microsoft,
}


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """One line for each check; 503 when one of them failed."""
    results = {name: check() for name, check in CHECKS.items()}
    text = "".join(f"{name}: {result}\n" for name, result in results.items())
    well = all(result == OK for result in results.values())
    return HttpResponse(text, status=200 if well else 503, content_type="text/plain; charset=utf-8")
