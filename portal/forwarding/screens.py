"""The two pages of forwarding, each with what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.changes.doubts import Doubts
from portal.changes.errors import ChangedMeanwhile, TicketSpent
from portal.changes.tickets import new_ticket
from portal.forms.base import SummaryMixin
from portal.forwarding.forms import ForwardingForm, TicketForm
from portal.forwarding.preview import preview_of
from portal.forwarding.state import Overview
from portal.graph.rules import StoredRule
from portal.service import policy
from portal.web.pages import page, waiting_messages
from portal.web.problems import problem_on


def unread(request: HttpRequest, error: Exception) -> HttpResponse:
    """The rules could not be read: the page without the state, with what was typed."""
    form = ForwardingForm.as_typed(request.POST)
    return index_page(request, None, form, form, status=problem_on(form, request, error).status)


def index_page(
    request: HttpRequest,
    overview: Overview | None,
    form: ForwardingForm,
    tried: SummaryMixin | None = None,
    *,
    doubts: Doubts | None = None,
    status: int = 200,
) -> HttpResponse:
    """`tried` is the form that carries the problem of the far side, if there is one."""
    context = {
        "overview": overview,
        "form": form,
        "tried": tried or form,
        "policy": policy(),
        "checked": timezone.now(),
        "doubts": doubts,
    }
    answer = page(request, "forwarding/index.html", "forwarding/index.html", context, status=status)
    if overview is None:
        waiting_messages(request)  # until a page shows the rules to which they belong
    return answer


def check_page(
    request: HttpRequest,
    form: ForwardingForm,
    rules: Sequence[StoredRule],
    tried: TicketForm,
    error: Exception | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """`error` is what the form met with, if it was sent."""
    ticket = tried.number if error and not is_spent(error) else new_ticket()
    context = {"form": form, "preview": preview_of(form.wanted, rules), "tried": tried, "ticket": ticket}
    return page(request, "forwarding/check.html", "forwarding/check.html", context, status=status)


def is_spent(error: Exception) -> bool:
    """Whether the form's number is of no use any more. While its change is in doubt, it tells the change apart."""
    return isinstance(error, ChangedMeanwhile) or (isinstance(error, TicketSpent) and error.settled)
