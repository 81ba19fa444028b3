"""A problem of the far side, put on the form that was sent: what was typed is kept."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.tokens import SignInUnavailable
from portal.changes.errors import ChangeProblem
from portal.forms.base import SummaryMixin
from portal.graph.errors import GraphProblem, SignInAgain
from portal.web.problems import Problem, problem_of

# What a view that carries out a change catches: `except FORM_PROBLEMS as error: problem_on(form, request, error)`.
FORM_PROBLEMS = (ChangeProblem, GraphProblem, SignInUnavailable)


def problem_on(form: SummaryMixin, request: HttpRequest, error: Exception) -> Problem:
    """Show the error on the form; its `status` is the page's. A sign-in that ended rises, no form can mend it."""
    if isinstance(error, SignInAgain):
        raise error
    form.problem = problem_of(request, error)
    return form.problem
