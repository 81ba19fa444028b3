"""Whether the site can do its work: for whoever watches it. A load balancer asks /healthz, which stays well."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import standing
from accounts.models import TokenCache
from accounts.sealing import SealBroken, unseal

OK = "ok"


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"failed: {type(error).__name__}"
    return OK


def shared_cache() -> str:
    word = secrets.token_hex(4)
    try:
        cache.set("readiness", word, 30)
        return OK if cache.get("readiness") else "failed: it keeps nothing"
    except Exception as error:  # each backend has errors of its own
        return f"failed: {type(error).__name__}"


def keys() -> str:
    """Whether TOKEN_KEYS still opens what was sealed last."""
    try:
        row = TokenCache.objects.order_by("-updated").first()
        if row:
            unseal(row.sealed)
    except SealBroken:
        return "failed: no key of TOKEN_KEYS opens the tokens"
    except DatabaseError as error:
        return f"failed: {type(error).__name__}"
    return OK


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
