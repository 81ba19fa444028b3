"""The forwarding page, the page for checking the answers, and the two forms that write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.changes.carry_out import Outcome, carry_out
from portal.changes.change_requests import ChangeRequest
from portal.changes.errors import ChangedMeanwhile, ChangeProblem, RuleGone, TicketSpent
from portal.changes.journal import Ticket, new_ticket
from portal.changes.lookup import Doubts, settle_doubts
from portal.changes.models import Kind
from portal.connect import NO_TOKEN, Connection, mailbox_page, require_recent_sign_in
from portal.forms import kept_form
from portal.forms.base import SummaryMixin
from portal.forwarding.change import forwarding_plan, sent_to_by, stopping_plan, target_in
from portal.forwarding.forms import AddressLimits, ForwardingForm, TicketForm
from portal.forwarding.preview import preview_of
from portal.forwarding.state import Overview, overview_of
from portal.graph.errors import GraphProblem
from portal.graph.rules import StoredRule, list_rules
from portal.service import policy
from portal.web.pages import UNPROCESSABLE, waiting_messages
from portal.web.problems import FORM_PROBLEMS, problem_on

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
            return unread(request, error)
        return view(request, connection, rules)

    return answer


@kept_form.shown_again
def index(request: HttpRequest) -> HttpResponse:
    """The state and the form."""
    return typed(request) if request.method == "POST" else opened(request)


@mailbox_page
def opened(request: HttpRequest, connection: Connection) -> HttpResponse:
    read_at = timezone.now()
    rules = list_rules(connection.graph)
    typed_before = kept_form.take(request, "forwarding:check", "forwarding:start")
    if typed_before is not None:
        return restored(request, connection, rules, typed_before)
    overview, doubts = overview_of(rules), settle_doubts(connection.person, rules, read_at)
    return index_page(request, overview, ForwardingForm.for_rule(overview.target), doubts=doubts)


def restored(request: HttpRequest, connection: Connection, rules: Rules, sent: QueryDict) -> HttpResponse:
    """Where somebody was before a sign-in came in between: at the check of their answers, if those are good."""
    form = ForwardingForm(sent, limits=limits_of(connection, rules))
    if not form.is_valid():
        form = ForwardingForm.as_typed(sent)
        form.restored = True
        return index_page(request, overview_of(rules), form)
    tried = TicketForm()
    tried.restored = True
    return check_page(request, form, rules, tried)


@form_address
@with_rules
def typed(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    """The same page for who comes back from checking the answers, with what was typed."""
    return index_page(request, overview_of(rules), ForwardingForm.as_typed(request.POST))


@kept_form.shown_again
@form_address
def check(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The answers once more, with what is known of them beforehand. Nothing is written."""
    return check_answers(request, connection)


@with_rules
def check_answers(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    form = ForwardingForm(request.POST, limits=limits_of(connection, rules))
    if not form.is_valid():
        return index_page(request, overview_of(rules), form, status=UNPROCESSABLE)
    return check_page(request, form, rules, TicketForm())


@kept_form.shown_again
@form_address
def start(request: HttpRequest, connection: Connection) -> HttpResponse:
    """Start or change the forwarding. Everything is checked again: the hidden fields may say anything."""
    tried, form = TicketForm.sent(request.POST), ForwardingForm(request.POST)
    if not form.is_valid():
        return check_answers(request, connection)
    rules: Rules | None = None

    def request_change(now: Rules) -> ChangeRequest:
        nonlocal rules
        rules = now
        checked = ForwardingForm(request.POST, limits=limits_of(connection, rules))
        if not checked.is_valid():
            raise NotAllowed(checked, rules)
        if policy().find_outside(form.wanted.addresses) - left_already(rules):
            require_recent_sign_in(request)
        return forwarding_plan(form.wanted, tried.seen, rules, policy())

    try:
        outcome = carry_out(connection, asks(tried, form), request_change)
    except NotAllowed as refused:
        return index_page(request, overview_of(refused.rules), refused.form, status=UNPROCESSABLE)
    except FORM_PROBLEMS as error:
        rules = rules_after(error, connection, rules)
        if rules is None:
            return unread(request, error)
        return check_page(request, form, rules, tried, error, status=problem_on(tried, request, error).status)
    messages.success(request, done(outcome))
    return redirect("forwarding:index")


@form_address
def stop(request: HttpRequest, connection: Connection) -> HttpResponse:
    """Stop one rule that forwards everything."""
    tried = TicketForm.sent(request.POST)
    rules: Rules | None = None

    def request_change(now: Rules) -> ChangeRequest:
        nonlocal rules
        rules = now
        return stopping_plan(tried.seen, rules, policy())

    try:
        outcome = carry_out(connection, Ticket.of(tried.number, "stop", tried.seen.rule_id), request_change)
    except FORM_PROBLEMS as error:
        rules = rules_after(error, connection, rules)
        if rules is None:
            return unread(request, error)
        overview, status = overview_of(rules), problem_on(tried, request, error).status
        return index_page(request, overview, ForwardingForm.for_rule(overview.target), tried, status=status)
    messages.success(request, done(outcome))
    return redirect("forwarding:index")


class NotAllowed(Exception):
    """The rules as they are leave no room for what was typed, or are not to be sent to; `form` says why."""

    def __init__(self, form: ForwardingForm, rules: Rules) -> None:
        super().__init__("not allowed")
        self.form = form
        self.rules = rules


def asks(tried: TicketForm, form: ForwardingForm) -> Ticket:
    """The number of the form, bound to what was typed."""
    wanted = form.wanted
    return Ticket.of(tried.number, "forwarding", sorted(map(str.lower, wanted.addresses)), wanted.keeps_copy)


def left_already(rules: Rules) -> frozenset[str]:
    """The addresses outside that the rule which is to be changed sends to now."""
    target = target_in(rules)
    on = target is not None and target.rule.enabled
    return policy().find_outside(person.address for person in target.rule.recipients) if target and on else frozenset()


def limits_of(connection: Connection, rules: Rules) -> AddressLimits:
    """What the typed addresses are held against; the addresses of the rule that is changed make room for them."""
    target = target_in(rules)
    others = [stored.rule for stored in rules if stored is not target]
    return AddressLimits(connection.person.address, policy(), sent_to_by(others))


def rules_after(error: Exception, connection: Connection, rules: Rules | None) -> Rules | None:
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
    answer = render(request, "forwarding/index.html", context, status=status)
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
    return render(request, "forwarding/check.html", context, status=status)


def is_spent(error: Exception) -> bool:
    """Whether the form's number is of no use any more. While its change is in doubt, it tells the change apart."""
    return isinstance(error, ChangedMeanwhile) or (isinstance(error, TicketSpent) and error.earlier.is_settled)


def done(outcome: Outcome) -> str:
    """A few sentences, with the time at which Microsoft's side was looked at."""
    time = date_format(localtime(outcome.checked_at), "TIME_FORMAT")
    return _words(outcome) % {"time": time}


def _words(outcome: Outcome) -> str:
    kind = outcome.change.kind
    if kind in (Kind.START_FORWARDING, Kind.CHANGE_FORWARDING) and not outcome.is_first:
        return _(
            "The forwarding rule was saved. Checked with Microsoft at %(time)s. It could not be put above your other "
            "rules, so please see below whether mail reaches it."
        )
    if kind == Kind.START_FORWARDING:
        return _("Forwarding has started. Checked with Microsoft at %(time)s.")
    if kind == Kind.CHANGE_FORWARDING:
        return _("Forwarding was changed. Checked with Microsoft at %(time)s.")
    if outcome.change.contents["wanted"] is None:
        return _("The forwarding rule was deleted. Checked with Microsoft at %(time)s.")
    return _("The forwarding rule was turned off. Checked with Microsoft at %(time)s.")
