"""The forwarding page, the page for checking the answers, and the two forms that write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.changes.carry_out import carry_out
from portal.changes.change_requests import ChangeRequest
from portal.changes.errors import ChangedMeanwhile, ChangeProblem, RuleGone, TicketSpent
from portal.changes.journal import Ticket, new_ticket
from portal.changes.lookup import Doubts, settle_doubts
from portal.connect import NO_TOKEN, Connection, mailbox_page, require_recent_sign_in
from portal.forms import kept_form
from portal.forms.base import SummaryMixin
from portal.forwarding.change import find_outside_now, request_forwarding, request_stop, tell_outcome
from portal.forwarding.forms import AddressLimits, ForwardingForm, TicketForm
from portal.forwarding.preview import make_preview
from portal.forwarding.state import Overview, make_overview
from portal.graph.errors import GraphProblem
from portal.graph.rules import StoredRule, list_rules
from portal.web.pages import UNPROCESSABLE, waiting_messages
from portal.web.problems import FORM_PROBLEMS, show_problem_on

Rules = Sequence[StoredRule]
MailboxView = Callable[[HttpRequest, Connection], HttpResponse]


def form_address(view: MailboxView) -> Callable[[HttpRequest], HttpResponse]:
    """For addresses that take a form: who opens one (after signing in again, say) comes to the page of that form."""
    take_form = mailbox_page(view)

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        return take_form(request) if request.method == "POST" else redirect("forwarding:index")

    return answer


def with_rules(view: Callable[[HttpRequest, Connection, Rules], HttpResponse]) -> MailboxView:
    """For a form that changes nothing: the view gets the rules as they are, or what was typed is kept."""

    @wraps(view)
    def answer(request: HttpRequest, connection: Connection) -> HttpResponse:
        try:
            rules = list_rules(connection.graph)
        except FORM_PROBLEMS as error:
            return show_unread(request, error)
        return view(request, connection, rules)

    return answer


@kept_form.can_be_kept
def index(request: HttpRequest) -> HttpResponse:
    """The state and the form."""
    return show_typed(request) if request.method == "POST" else show_state(request)


@mailbox_page
def show_state(request: HttpRequest, connection: Connection) -> HttpResponse:
    read_at = timezone.now()
    rules = list_rules(connection.graph)
    typed_before_sign_in = kept_form.take_posted(request, "forwarding:check", "forwarding:start")
    if typed_before_sign_in is not None:
        return show_restored(request, connection, rules, typed_before_sign_in)
    overview, doubts = make_overview(rules), settle_doubts(connection.person, rules, read_at)
    return show_index(request, overview, ForwardingForm.for_rule(overview.target), doubts=doubts)


def show_restored(request: HttpRequest, connection: Connection, rules: Rules, sent: QueryDict) -> HttpResponse:
    """Where somebody was before a sign-in came in between: at the check of their answers, if those are good."""
    form = ForwardingForm(sent, limits=AddressLimits.for_change(rules, connection.person.address))
    if not form.is_valid():
        form = ForwardingForm.unchecked(sent)
        form.restored = True
        return show_index(request, make_overview(rules), form)
    ticket_form = TicketForm()
    ticket_form.restored = True
    return show_check(request, form, rules, ticket_form)


@form_address
@with_rules
def show_typed(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    """The same page for who comes back from checking the answers, with what was typed."""
    return show_index(request, make_overview(rules), ForwardingForm.unchecked(request.POST))


@kept_form.can_be_kept
@form_address
def check(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The answers once more, with what is known of them beforehand. Nothing is written."""
    return check_answers(request, connection)


@with_rules
def check_answers(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    form = ForwardingForm(request.POST, limits=AddressLimits.for_change(rules, connection.person.address))
    if not form.is_valid():
        return show_index(request, make_overview(rules), form, status=UNPROCESSABLE)
    return show_check(request, form, rules, TicketForm())


@kept_form.can_be_kept
@form_address
def start(request: HttpRequest, connection: Connection) -> HttpResponse:
    """Start or change the forwarding. Everything is checked again: the hidden fields may say anything."""
    ticket_form, form = TicketForm.sent(request.POST), ForwardingForm.for_spelling(request.POST)
    if not form.is_valid():
        return check_answers(request, connection)
    rules: Rules | None = None

    def check_again(now: Rules) -> ForwardingForm:
        return ForwardingForm(request.POST, limits=AddressLimits.for_change(now, connection.person.address))

    def request_change(now: Rules) -> ChangeRequest:
        nonlocal rules
        rules, checked = now, check_again(now)
        if not checked.is_valid():
            raise NotAllowed(checked, rules)
        policy = settings.SERVICE.policy
        if policy.find_outside(form.wanted.addresses) - find_outside_now(rules, policy):
            require_recent_sign_in(request)
        return request_forwarding(form.wanted, ticket_form.seen, rules, policy)

    try:
        outcome = carry_out(connection, make_ticket(ticket_form, form), request_change)
    except NotAllowed as refused:
        return show_index(request, make_overview(refused.rules), refused.form, status=UNPROCESSABLE)
    except FORM_PROBLEMS as error:
        was_checked, rules = rules is not None, read_after_failure(error, connection, rules)
        if rules is None:
            return show_unread(request, error)
        if not was_checked and not (form := check_again(rules)).is_valid():
            return show_index(request, make_overview(rules), form, status=UNPROCESSABLE)
        return show_check(request, form, rules, ticket_form, error)
    messages.success(request, tell_outcome(outcome))
    return redirect("forwarding:index")


@form_address
def stop(request: HttpRequest, connection: Connection) -> HttpResponse:
    """Stop one rule that forwards everything."""
    ticket_form = TicketForm.sent(request.POST)
    rules: Rules | None = None

    def request_change(now: Rules) -> ChangeRequest:
        nonlocal rules
        rules = now
        return request_stop(ticket_form.seen, rules, settings.SERVICE.policy)

    try:
        outcome = carry_out(connection, Ticket.of(ticket_form.number, "stop", ticket_form.seen.rule_id), request_change)
    except FORM_PROBLEMS as error:
        rules = read_after_failure(error, connection, rules)
        if rules is None:
            return show_unread(request, error)
        overview, status = make_overview(rules), show_problem_on(ticket_form, request, error).status
        return show_index(request, overview, ForwardingForm.for_rule(overview.target), ticket_form, status=status)
    messages.success(request, tell_outcome(outcome))
    return redirect("forwarding:index")


class NotAllowed(Exception):
    """The rules as they are leave no room for what was typed, or are not to be sent to; `form` says why."""

    def __init__(self, form: ForwardingForm, rules: Rules) -> None:
        super().__init__("not allowed")
        self.form = form
        self.rules = rules


def make_ticket(ticket_form: TicketForm, form: ForwardingForm) -> Ticket:
    """The number of the form, bound to what was typed."""
    wanted = form.wanted
    return Ticket.of(ticket_form.number, "forwarding", sorted(map(str.lower, wanted.addresses)), wanted.keeps_copy)


def read_after_failure(error: Exception, connection: Connection, rules: Rules | None) -> Rules | None:
    """The rules after a change that failed, None when they cannot be read.

    `rules` are those that the change was to be made from, None when it did not come to that. They are read again only
    when they may be others since: the change may have been made, or somebody deleted its rule.
    """
    if rules is None and not isinstance(error, ChangeProblem):
        return None
    may_be_others = isinstance(error, RuleGone) or getattr(error, "may_be_done", False)
    if rules is not None and not may_be_others:
        return rules
    try:
        return list_rules(connection.graph)
    except (GraphProblem, *NO_TOKEN):
        return rules


def show_unread(request: HttpRequest, error: Exception) -> HttpResponse:
    """The rules could not be read: the page without the state, with what was typed."""
    form = ForwardingForm.unchecked(request.POST)
    return show_index(request, None, form, form, status=show_problem_on(form, request, error).status)


def show_index(
    request: HttpRequest,
    overview: Overview | None,
    form: ForwardingForm,
    sent_form: SummaryMixin | None = None,
    *,
    doubts: Doubts | None = None,
    status: int = 200,
) -> HttpResponse:
    """`sent_form` carries the problem of the far side, if there is one."""
    context = {
        "overview": overview,
        "form": form,
        "sent_form": sent_form or form,
        "policy": settings.SERVICE.policy,
        "checked": timezone.now(),
        "doubts": doubts,
    }
    answer = render(request, "forwarding/index.html", context, status=status)
    if overview is None:
        waiting_messages(request)  # until a page shows the rules to which they belong
    return answer


def show_check(
    request: HttpRequest,
    form: ForwardingForm,
    rules: Rules,
    ticket_form: TicketForm,
    error: Exception | None = None,
) -> HttpResponse:
    """`error` is what the form met with, if it was sent."""
    status = show_problem_on(ticket_form, request, error).status if error else HTTPStatus.OK
    ticket = ticket_form.number if error and not is_spent(error) else new_ticket()
    context = {"form": form, "preview": make_preview(form.wanted, rules), "sent_form": ticket_form, "ticket": ticket}
    return render(request, "forwarding/check.html", context, status=status)


def is_spent(error: Exception) -> bool:
    """Whether the form's number is of no use any more. While its change is in doubt, it tells the change apart."""
    return isinstance(error, ChangedMeanwhile) or (isinstance(error, TicketSpent) and error.earlier.is_settled)
