"""Whether the process answers (/healthz, for a load balancer) and whether the site can do its work (/readyz)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import probes, registration_health
from portal.sqlite.site import find_trouble
from portal.sqlite.soundness import CHECKING, error_name

OK = "ok"
RESULT_LIFETIME = 5.0  # seconds: whoever asks more often makes this process write no more often


def check_database() -> str:
    """Tried by writing: one that only answers may be on a disk that is full or read-only."""
    trouble = find_trouble()
    if trouble:
        return trouble
    try:
        probes.write_row()
    except DatabaseError as error:
        return f"failed: {error_name(error)}"
    return OK


def check_cache() -> str:
    try:
        return OK if probes.cache_keeps() else "failed: it keeps nothing"
    except Exception as error:  # each backend has errors of its own
        return f"failed: {type(error).__name__}"


def check_keys() -> str:
    try:
        table = probes.find_unreadable_table()
    except DatabaseError as error:
        return f"failed: {error_name(error)}"
    return f"failed: no key of TOKEN_KEYS opens {table}" if table else OK


def check_microsoft() -> str:
    """What Microsoft last said of this site itself. Nothing is asked for it."""
    try:
        code = registration_health.current_problem()
    except Exception as error:  # as above
        return f"unknown: {type(error).__name__}"
    return f"failed: {code}, see docs/entra.md" if code else OK


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "cache": check_cache,
    "keys": check_keys,
    "microsoft": check_microsoft,
}


class Findings:
    """What the checks found, kept for RESULT_LIFETIME seconds; one thread makes them while others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._found: dict[str, str] = {}
        self._until = 0.0

    def all(self) -> dict[str, str]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = {name: check() for name, check in CHECKS.items()}
                # Nothing was written while the file is looked through, and that may end at any moment.
                self._until = 0.0 if self._found["database"] == CHECKING else time.monotonic() + RESULT_LIFETIME
            return self._found


findings = Findings()


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks neither the database nor Microsoft."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """One line for each check; 503 when one of them failed."""
    found = findings.all()
    text = "".join(f"{name}: {result}\n" for name, result in found.items())
    well = all(result == OK for result in found.values())
    return HttpResponse(text, status=200 if well else 503, content_type="text/plain; charset=utf-8")
