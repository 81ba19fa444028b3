"""From a failed sign-in to its page: what the helpdesk needs is kept in the session, nothing in the address."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts import audit, registration_health
from accounts.microsoft.problems import OURS, SignInFailed
from accounts.models import User
from accounts.paths import Purpose

log = logging.getLogger("accounts")

KEPT = "sign_in_problem"


@dataclass(frozen=True)
class Problem:
    """`number` is the reference number, `back` where the person was going. `code` and `correlation` are Microsoft's, or
    empty; `purpose` is why somebody signed in was sent there (accounts.paths.Purpose), empty for a first sign-in.
    """

    reason: str
    number: str
    at: datetime
    back: str
    code: str = ""
    correlation: str = ""
    purpose: str = ""

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> Problem:
        return cls(**{**kept, "at": datetime.fromisoformat(kept["at"])})  # type: ignore[arg-type]


def remember(request: HttpRequest, found: Problem) -> None:
    """Keep it in the session, if there is one, for the page that the browser is sent to."""
    if request.session.session_key:
        request.session[KEPT] = found.as_json()


def found_in(request: HttpRequest, failed: SignInFailed, back: str, purpose: str) -> Problem:
    number = getattr(request, "number", "")
    return Problem(failed.reason, number, now(), back, failed.code, failed.correlation, purpose)


def kept(request: HttpRequest, reason: str) -> Problem | None:
    """The last problem of this session, if it is of that kind."""
    found = request.session.get(KEPT)
    return Problem.from_json(found) if found and found["reason"] == reason else None


def page_for(request: HttpRequest, failed: SignInFailed, back: str, purpose: str = "") -> HttpResponse:
    """To the page about it: the address with the code or state in it is left behind."""
    found = found_in(request, failed, back, purpose)
    remember(request, found)
    person = request.user if isinstance(request.user, User) else None
    if failed.reason == "needs-approval" and person and purpose == Purpose.PERMISSION:
        registration_health.note_missing_approval(failed.code)
    level = logging.ERROR if failed.reason in OURS else logging.WARNING
    log.log(level, "%s sign-in %s: %s correlation %s", found.number, found.reason, found.code, found.correlation)
    oid = person.oid if person else None
    audit.record(audit.sign_in(purpose), found.reason, oid, code=found.code, correlation=found.correlation)
    return to_page(found.reason)


def stray(request: HttpRequest, back: str) -> HttpResponse:
    """Somebody opened the way back without having gone: nothing happened that a log has to hold."""
    failed = SignInFailed("expired")
    remember(request, found_in(request, failed, back, ""))
    return to_page(failed.reason)


def to_page(reason: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts:problem", args=[reason]))


def of(request: HttpRequest, reason: str, home: str) -> Problem:
    """What is known about it. A browser without our cookie gets a number of its own."""
    return kept(request, reason) or Problem(reason, getattr(request, "number", ""), now(), home)


def now() -> datetime:
    """To the second, as people read it."""
    return timezone.now().replace(microsecond=0)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
