"""From a failed sign-in to its page: what the helpdesk needs is kept in the session, nothing in the address."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts import audit, standing
from accounts.microsoft.problems import OURS, SignInFailed
from accounts.models import User

log = logging.getLogger("accounts")

KEPT = "sign_in_problem"


@dataclass(frozen=True)
class Problem:
    """`number` is the reference number, `back` where the person was going; the last two are Microsoft's, or empty."""

    reason: str
    number: str
    at: datetime
    back: str
    code: str = ""
    correlation: str = ""

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> Problem:
        return cls(**{**kept, "at": datetime.fromisoformat(kept["at"])})  # type: ignore[arg-type]


def remember(request: HttpRequest, reason: str, back: str, code: str, correlation: str) -> Problem:
    """Keep it in the session, if there is one, for the page that the browser is sent to."""
    found = Problem(reason, getattr(request, "number", ""), now(), back, code, correlation)
    if request.session.session_key:
        request.session[KEPT] = found.as_json()
    return found


def kept(request: HttpRequest, reason: str) -> Problem | None:
    """The last problem of this session, if it is of that kind."""
    found = request.session.get(KEPT)
    return Problem.from_json(found) if found and found["reason"] == reason else None


def page_for(request: HttpRequest, failed: SignInFailed, back: str, purpose: str = "") -> HttpResponse:
    """To the page about it: the address with the code or state in it is left behind."""
    found = remember(request, failed.reason, back, failed.code, failed.correlation)
    level = logging.ERROR if failed.reason in OURS else logging.WARNING
    if failed.reason in OURS:
        standing.refused(failed.code)
    log.log(level, "%s sign-in %s: %s correlation %s", found.number, found.reason, found.code, found.correlation)
    person = request.user if isinstance(request.user, User) else None
    audit.record(audit.sign_in(purpose), found.reason, person, code=found.code, correlation=found.correlation)
    return HttpResponseRedirect(reverse("accounts:problem", args=[found.reason]))


def of(request: HttpRequest, reason: str, home: str) -> Problem:
    """What is known about it. A browser without our cookie gets a number of its own."""
    return kept(request, reason) or Problem(reason, getattr(request, "number", ""), now(), home)


def now() -> datetime:
    """To the second, as people read it."""
    return timezone.now().replace(microsecond=0)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
