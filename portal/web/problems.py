"""What Microsoft or the sign-in refused: a page, a card or a note on a form, whose words are in problem_words.py."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts import sign_in_problem
from accounts.microsoft.failures import SignInFailed
from accounts.models import User
from accounts.paths import Purpose, page_in_front, sign_in_path
from accounts.sessions import ConfirmationNeeded, comes_from_htmx, leave_page_for, sign_out_everywhere
from accounts.tokens import AccountDisabled, ConsentNeeded, SignInNeeded, SignInUnavailable, remember_claims
from portal.changes import journal
from portal.changes.errors import ChangeProblem
from portal.changes.journal import Change
from portal.forms import kept_form
from portal.forms.base import SummaryMixin
from portal.graph import errors
from portal.web.pages import waiting_messages
from portal.web.problem_words import WORDS, ProblemWords

log = logging.getLogger("portal")


@dataclass(frozen=True)
class ProblemPage:
    """One problem for a page or a card: `reason` chooses the words, the numbers are for the helpdesk.

    `may_be_done`: what was asked for may have been done all the same. `unchanged`: a form was sent, and is known
    to have changed nothing. `earlier` is what the form was spent on before.
    """

    reason: str
    status: int
    number: str
    at: datetime.datetime
    microsoft_request: str = ""
    retry_after: int | None = None
    may_be_done: bool = False
    unchanged: bool = False
    earlier: Change | None = None

    @property
    def words(self) -> ProblemWords:
        """What the page says. It depends on the earlier change of a spent form, which may still be in doubt."""
        in_doubt = self.reason == "ticket-spent" and self.earlier is not None and not self.earlier.is_settled
        return WORDS.get("ticket-spent-in-doubt" if in_doubt else self.reason, WORDS["broken"])


REASONS: tuple[tuple[type[Exception], str, int], ...] = (
    (errors.Busy, "busy", 503),
    (errors.NoMailbox, "no-mailbox", 403),
    (errors.Missing, "missing", 404),
    (errors.QuotaExceeded, "mailbox-full", 503),
    (errors.Forbidden, "refused", 403),
    (errors.ReadOnlyRule, "read-only", 409),
    (errors.Unavailable, "unavailable", 502),
    (errors.GraphProblem, "refused", 502),
    (SignInUnavailable, "sign-in-unavailable", 503),
    (ChangeProblem, "change", 409),
)

# What a view that carries out a change catches: `except FORM_PROBLEMS as error: show_problem_on(form, request, error)`.
FORM_PROBLEMS = (ChangeProblem, errors.GraphProblem, SignInUnavailable)


def explain_problem(request: HttpRequest, error: Exception) -> ProblemPage:
    """The words' key and the helpdesk's numbers for an error of the far side."""
    reason, status = next(((reason, status) for kind, reason, status in REASONS if isinstance(error, kind)))
    number, may_be_done = getattr(request, "number", ""), getattr(error, "may_be_done", False)
    status = getattr(error, "page_status", None) or status
    # The next line says it: Django writes none of its own for this status (portal/web/middleware.py).
    request.explained = status  # type: ignore[attr-defined]
    log.warning("%s %s: %s %s", number, reason, type(error).__name__, getattr(error, "code", "") or "")
    return ProblemPage(
        reason=getattr(error, "reason", None) or reason,
        status=status,
        number=number,
        at=timezone.now(),
        microsoft_request=getattr(error, "request_id", "") or "",
        retry_after=getattr(error, "retry_after", None),
        may_be_done=may_be_done,
        unchanged=not may_be_done and changed_nothing(request),
        earlier=getattr(error, "earlier", None),
    )


def changed_nothing(request: HttpRequest) -> bool:
    """Whether a form was sent that has changed nothing: not now, and not when it was sent before, by a first click."""
    if request.method != "POST" or not isinstance(request.user, User):
        return False
    return not journal.is_ticket_spent(request.user, request.POST.get("ticket", ""))


def show_problem_on(form: SummaryMixin, request: HttpRequest, error: Exception) -> ProblemPage:
    """Show the error on the form, which keeps what was typed; the page's status is the problem's.

    A sign-in that has ended is raised: no form can mend it.
    """
    if isinstance(error, errors.SignInAgain):
        raise error
    form.problem = problem = explain_problem(request, error)
    return problem


def answer_problem(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """A page for an error of the far side; None for one that is not ours to explain."""
    if isinstance(error, SignInNeeded | errors.SignInAgain):
        if isinstance(error, errors.SignInAgain) and error.claims and isinstance(request.user, User):
            remember_claims(request.user, error.claims)
        if isinstance(error, AccountDisabled):
            return show_closed_account(request, error)
        return sign_in_again(request, error)
    if not isinstance(error, tuple(kind for kind, _, _ in REASONS)):
        return None
    return problem_page(request, explain_problem(request, error))


def problem_page(request: HttpRequest, problem: ProblemPage) -> HttpResponse:
    """The page of one problem, with Retry-After where Microsoft named a time."""
    context = {"problem": problem, "waiting": waiting_messages(request)}
    response = render(request, "problems/page.html", context, status=problem.status)
    if problem.retry_after:
        response["Retry-After"] = str(problem.retry_after)
    return response


def find_purpose(error: Exception) -> Purpose:
    if isinstance(error, ConsentNeeded):
        return Purpose.PERMISSION
    return Purpose.CONFIRM if isinstance(error, ConfirmationNeeded) else Purpose.AGAIN


def sign_in_again(request: HttpRequest, error: Exception) -> HttpResponse:
    """To the sign-in page, and back to the page that the person sees; what was posted is kept for it, not repeated."""
    purpose, back = find_purpose(error), page_in_front(request)
    kept_form.keep_posted(request)
    failed = SignInFailed(purpose, getattr(error, "code", ""), getattr(error, "correlation", ""))
    sign_in_problem.keep_problem(request, sign_in_problem.make_problem(request, failed, back, purpose))
    return redirect_whole_page(request, sign_in_path(back, purpose))


def show_closed_account(request: HttpRequest, error: AccountDisabled) -> HttpResponse:
    """Nothing of a closed account's sign-ins is left; the page says so to whoever is in front of it."""
    if isinstance(request.user, User):
        sign_out_everywhere(request, request.user, "closed")
    failed = SignInFailed("closed", error.code, error.correlation)
    request.session[sign_in_problem.PROBLEM_KEY] = sign_in_problem.make_problem(request, failed, "", "").as_json()
    return redirect_whole_page(request, reverse("accounts:problem", args=[failed.reason]))


def redirect_whole_page(request: HttpRequest, target: str) -> HttpResponse:
    """A redirect that leaves the page, also where htmx asked for a part of it."""
    return leave_page_for(target) if comes_from_htmx(request) else HttpResponseRedirect(target)
