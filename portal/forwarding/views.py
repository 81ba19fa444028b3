"""The forwarding page, the page for checking the answers, and the two forms that write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.changes.carrying_out import carry_out
from portal.connect import Connection, mailbox_page
from portal.form_errors import FORM_PROBLEMS, problem_on
from portal.forwarding.forms import ForwardingForm, TicketForm
from portal.forwarding.overview import overview_of
from portal.forwarding.plans import forwarding_plan, stopping_plan
from portal.forwarding.policy import policy
from portal.forwarding.reading import Limits
from portal.forwarding.recipients import sent_to_by
from portal.forwarding.said import done
from portal.forwarding.screens import check_page, index_page, unread
from portal.forwarding.target import target_in
from portal.graph.errors import GraphProblem
from portal.graph.reads import read_forwarding
from portal.graph.rules import StoredRule
from portal.pages import UNPROCESSABLE

View = Callable[..., HttpResponse]


def sent_form(view: View) -> View:
    """For addresses that take a form: who opens one (after signing in again, say) comes to the page it belongs to."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("forwarding:index")

    return answered


@mailbox_page
def index(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The state and the form."""
    if request.method == "POST":
        return typed(request, connection)
    overview = overview_of(read_forwarding(connection.graph))
    return index_page(request, overview, ForwardingForm.for_rule(overview.target))


def typed(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The same page for who comes back from checking the answers, with what was typed."""
    try:
        overview = overview_of(read_forwarding(connection.graph))
    except FORM_PROBLEMS as error:
        return unread(request, error)
    return index_page(request, overview, ForwardingForm.as_typed(request.POST))


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
