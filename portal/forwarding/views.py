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
from portal.changes.errors import ChangedMeanwhile, TicketSpent
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


def sent_form(view: Callable[[HttpRequest, Connection, Rules], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """For addresses that take a form: the view gets the rules as they are, or what was typed is kept.

    Who opens such an address (after signing in again, say) comes to the page that the form belongs to.
    """

    @mailbox_page
    def with_rules(request: HttpRequest, connection: Connection) -> HttpResponse:
        try:
            rules = list_rules(connection.graph)
        except FORM_PROBLEMS as error:
            return unread(request, error)
        return view(request, connection, rules)

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        return with_rules(request) if request.method == "POST" else redirect("forwarding:index")

    return answered


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


@sent_form
def typed(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    """The same page for who comes back from checking the answers, with what was typed."""
    return index_page(request, overview_of(rules), ForwardingForm.as_typed(request.POST))


@kept_form.shown_again
@sent_form
def check(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    """The answers once more, with what is known of them beforehand. Nothing is written."""
    form = ForwardingForm(request.POST, limits=limits_of(connection, rules))
    if not form.is_valid():
        return index_page(request, overview_of(rules), form, status=UNPROCESSABLE)
    return check_page(request, form, rules, TicketForm())


@kept_form.shown_again
@sent_form
def start(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    """Start or change the forwarding. Everything is looked at again: the hidden fields may say anything."""
    tried = TicketForm.sent(request.POST)
    form = ForwardingForm(request.POST, limits=limits_of(connection, rules))
    if not form.is_valid():
        return index_page(request, overview_of(rules), form, status=UNPROCESSABLE)
    if policy().find_outside(form.wanted.addresses) - left_already(rules):
        require_recent_sign_in(request)
    try:
        outcome = carry_out(
            connection, asks(tried, form), lambda rules: forwarding_plan(form.wanted, tried.seen, rules, policy())
        )
    except FORM_PROBLEMS as error:
        status = problem_on(tried, request, error).status
        return check_page(request, form, as_they_are(connection, rules, error), tried, error, status=status)
    messages.success(request, done(outcome))
    return redirect("forwarding:index")


@sent_form
def stop(request: HttpRequest, connection: Connection, rules: Rules) -> HttpResponse:
    """Stop one rule that forwards everything."""
    tried = TicketForm.sent(request.POST)
    ticket = Ticket.of(tried.number, "stop", tried.seen.rule_id)
    try:
        outcome = carry_out(connection, ticket, lambda rules: stopping_plan(tried.seen, rules, policy()))
    except FORM_PROBLEMS as error:
        status = problem_on(tried, request, error).status
        overview = overview_of(as_they_are(connection, rules, error))
        return index_page(request, overview, ForwardingForm.for_rule(overview.target), tried, status=status)
    messages.success(request, done(outcome))
    return redirect("forwarding:index")


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


def as_they_are(connection: Connection, rules: Rules, error: Exception) -> Rules:
    """The rules after a change that failed: read again, unless it was the reading or writing that failed."""
    if isinstance(error, GraphProblem):
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
