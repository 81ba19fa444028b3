"""The forwarding page, the page for checking the answers, and the two forms that write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from portal.changes.carrying_out import carry_out
from portal.changes.journal import new_ticket
from portal.connect import Connection, mailbox_page
from portal.form_errors import FORM_PROBLEMS, problem_on
from portal.forms import SummaryMixin
from portal.forwarding.forms import ForwardingForm, TicketForm
from portal.forwarding.overview import Overview, overview_of
from portal.forwarding.plans import forwarding_plan, stopping_plan
from portal.forwarding.policy import policy
from portal.forwarding.preview import preview_of
from portal.forwarding.reading import Limits
from portal.forwarding.recipients import sent_to_by
from portal.forwarding.said import done
from portal.forwarding.target import target_in
from portal.graph.errors import GraphProblem
from portal.graph.reads import read_forwarding
from portal.graph.rules import StoredRule
from portal.pages import UNPROCESSABLE, page

View = Callable[..., HttpResponse]


def sent_form(view: View) -> View:
    """For addresses that take a form: who opens one (after signing in again, say) comes to the page it belongs to."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("forwarding:index")

    return answered


@mailbox_page
def index(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The state and the form; a POST comes from the page for checking the answers, and brings what was typed back."""
    overview = overview_of(read_forwarding(connection.graph))
    typed = ForwardingForm.as_typed(request.POST) if request.method == "POST" else None
    return index_page(request, overview, typed or ForwardingForm.for_rule(overview.target))


@sent_form
@mailbox_page
def check(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The answers once more, with what is known of them beforehand. Nothing is written."""
    try:
        rules = read_forwarding(connection.graph)
    except FORM_PROBLEMS as error:
        return unread(request, error)
    form = ForwardingForm(request.POST, limits=limits_of(connection, rules))
    if not form.is_valid():
        return index_page(request, overview_of(rules), form, status=UNPROCESSABLE)
    return check_page(request, form, rules, TicketForm())


@sent_form
@mailbox_page
def start(request: HttpRequest, connection: Connection) -> HttpResponse:
    """Start or change the forwarding. Everything is looked at again: the hidden fields may say anything."""
    tried = TicketForm.sent(request.POST)
    try:
        rules = read_forwarding(connection.graph)
    except FORM_PROBLEMS as error:
        return unread(request, error)
    form = ForwardingForm(request.POST, limits=limits_of(connection, rules))
    if not form.is_valid():
        return index_page(request, overview_of(rules), form, status=UNPROCESSABLE)
    try:
        change = carry_out(connection, tried.number, forwarding_plan(form.wanted, tried.seen, rules, policy()))
    except FORM_PROBLEMS as error:
        status = problem_on(tried, request, error).status
        return check_page(request, form, as_they_are(connection, rules, error), tried, status=status)
    messages.success(request, done(change))
    return redirect("forwarding:index")


@sent_form
@mailbox_page
def stop(request: HttpRequest, connection: Connection) -> HttpResponse:
    """Stop one rule that forwards everything."""
    tried = TicketForm.sent(request.POST)
    try:
        rules = read_forwarding(connection.graph)
    except FORM_PROBLEMS as error:
        return unread(request, error)
    try:
        change = carry_out(connection, tried.number, stopping_plan(tried.seen, rules))
    except FORM_PROBLEMS as error:
        status = problem_on(tried, request, error).status
        overview = overview_of(as_they_are(connection, rules, error))
        return index_page(request, overview, ForwardingForm.for_rule(overview.target), tried, status=status)
    messages.success(request, done(change))
    return redirect("forwarding:index")


def limits_of(connection: Connection, rules: Sequence[StoredRule]) -> Limits:
    """What the typed addresses are held against; the addresses of the rule that is changed make room for them."""
    target = target_in(rules)
    others = [stored.rule for stored in rules if stored is not target]
    return Limits(connection.person.address, policy(), sent_to_by(others))


def as_they_are(connection: Connection, rules: Sequence[StoredRule], error: Exception) -> Sequence[StoredRule]:
    """The rules after a change that failed: read again, unless it was the reading or writing that failed."""
    if isinstance(error, GraphProblem):
        return rules
    try:
        return read_forwarding(connection.graph)
    except GraphProblem:
        return rules


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
    status: int = 200,
) -> HttpResponse:
    """`tried` is the form that carries the problem of the far side, if there is one."""
    context = {
        "overview": overview,
        "form": form,
        "tried": tried or form,
        "policy": policy(),
        "checked": timezone.now(),
    }
    return page(request, "forwarding/index.html", "forwarding/index.html", context, status=status)


def check_page(
    request: HttpRequest,
    form: ForwardingForm,
    rules: Sequence[StoredRule],
    tried: TicketForm,
    *,
    status: int = 200,
) -> HttpResponse:
    ticket = tried.number if tried.is_bound else new_ticket()
    context = {"form": form, "preview": preview_of(form.wanted, rules), "tried": tried, "ticket": ticket}
    return page(request, "forwarding/check.html", "forwarding/check.html", context, status=status)
