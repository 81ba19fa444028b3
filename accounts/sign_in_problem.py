"""From a failed sign-in to its page: what the helpdesk needs is kept in the session, nothing in the address."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts import audit, registration_health
from accounts.microsoft.failures import OF_THE_REGISTRATION, SignInFailed
from accounts.models import User
from accounts.paths import Purpose
from accounts.sign_in_words import DECLINED_AT_SIGN_IN, WORDS, SignInWords

log = logging.getLogger("accounts")

PROBLEM_KEY = "sign_in_problem"


@dataclass(frozen=True)
class SignInProblem:
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

    @property
    def words(self) -> SignInWords:
        words = WORDS[self.reason]
        at_sign_in = self.reason == "declined" and not self.purpose
        return replace(words, title=DECLINED_AT_SIGN_IN) if at_sign_in else words

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> SignInProblem:
        return cls(**{**kept, "at": datetime.fromisoformat(kept["at"])})  # type: ignore[arg-type]


def keep_problem(request: HttpRequest, problem: SignInProblem) -> None:
    """Keep it in the session, if there is one, for the page that the browser is sent to."""
    if request.session.session_key:
        request.session[PROBLEM_KEY] = problem.as_json()


def make_problem(request: HttpRequest, failed: SignInFailed, back: str, purpose: str) -> SignInProblem:
    number = reference_number(request)
    return SignInProblem(failed.reason, number, now_to_the_second(), back, failed.code, failed.correlation, purpose)


def find_kept_problem(request: HttpRequest, reason: str) -> SignInProblem | None:
    """The last problem of this session, if it is of that kind."""
    problem = request.session.get(PROBLEM_KEY)
    return SignInProblem.from_json(problem) if problem and problem["reason"] == reason else None


def redirect_to_problem(request: HttpRequest, failed: SignInFailed, back: str, purpose: str = "") -> HttpResponse:
    """To the page about it: the address with the code or state in it is left behind."""
    problem = make_problem(request, failed, back, purpose)
    keep_problem(request, problem)
    person = request.user if isinstance(request.user, User) else None
    if failed.reason == "needs-approval" and person and purpose == Purpose.PERMISSION:
        registration_health.note_missing_approval(failed.code)
    level = logging.ERROR if failed.reason in OF_THE_REGISTRATION else logging.WARNING
    log.log(
        level, "%s sign-in %s: %s correlation %s", problem.number, problem.reason, problem.code, problem.correlation
    )
    oid = person.oid if person else None
    audit.record(audit.sign_in(purpose), problem.reason, oid, code=problem.code, correlation=problem.correlation)
    return redirect_to_reason(problem.reason)


def redirect_without_sign_in(request: HttpRequest, back: str) -> HttpResponse:
    """Somebody opened the way back without having gone: nothing happened that a log has to hold."""
    failed = SignInFailed("expired")
    keep_problem(request, make_problem(request, failed, back, ""))
    return redirect_to_reason(failed.reason)


def redirect_to_reason(reason: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts:problem", args=[reason]))


def find_problem(request: HttpRequest, reason: str, home: str) -> SignInProblem:
    """What is known about it. A browser without our cookie gets a number of its own."""
    return find_kept_problem(request, reason) or SignInProblem(
        reason, reference_number(request), now_to_the_second(), home
    )


def reference_number(request: HttpRequest) -> str:
    """As the portal's middleware gave it to this request."""
    return getattr(request, "number", "")


def now_to_the_second() -> datetime:
    """To the second, as people read it."""
    return timezone.now().replace(microsecond=0)


def drop_problem(request: HttpRequest) -> None:
    request.session.pop(PROBLEM_KEY, None)
