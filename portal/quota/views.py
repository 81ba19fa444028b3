"""How full the mailbox is: the page, and the card that the home page asks for once it is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.connect import Connection, mailbox_page
from portal.graph.errors import GraphProblem, SignInAgain
from portal.quota.figures import Gauge, break_down
from portal.quota.measuring import find_measured, measure_usage
from portal.web.pages import render_whole_or_part
from portal.web.problems import explain_problem


@require_safe
@mailbox_page
def index(request: HttpRequest, connection: Connection) -> HttpResponse:
    measured = measure_usage(connection)
    context = {
        "usage": measured.usage,
        "at": measured.at,
        "gauge": Gauge(measured.usage),
        "breakdown": break_down(measured.usage),
    }
    return render(request, "quota/index.html", context)


@require_safe
@mailbox_page
def card(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The figures alone, from the last five minutes if there are any."""
    try:
        measured = find_measured(connection.person) or measure_usage(connection)
    except SignInAgain:
        raise
    except GraphProblem as error:
        problem = explain_problem(request, error)
        return render_card(request, {"problem": problem}, status=problem.status)
    return render_card(request, {"gauge": Gauge(measured.usage), "at": measured.at})


def render_card(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A part for the home page's htmx, a page for everybody else."""
    return render_whole_or_part(request, "quota/card.html", "quota/_card.html", context, status=status)
