"""Inbox rules: the list, the form of one, on and off, delete."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.changes.carry_out import Outcome, carry_out
from portal.changes.change_requests import DeleteRule, SwitchRule
from portal.changes.errors import ChangedMeanwhile, ChangeProblem, RuleGone, SameRuleExists, TicketSpent
from portal.changes.journal import Ticket, new_ticket
from portal.changes.lookup import settle_doubts
from portal.connect import Connection, mailbox_page, require_recent_sign_in
from portal.forms import kept_form
from portal.graph.rules import StoredRule
from portal.mailbox.rules import Rule
from portal.rules.forms import DeleteForm, RuleForm, SwitchForm, explain_blocked
from portal.rules.list import MailboxRules
from portal.web.pages import UNPROCESSABLE
from portal.web.problems import FORM_PROBLEMS, ProblemPage, explain_problem, show_problem_on

FORBIDDEN, CONFLICT = 403, 409
SAVED = _("Saved. Checked with Microsoft at %(time)s.")
TURNED_ON = _("The rule was turned on. Checked with Microsoft at %(time)s.")
TURNED_OFF = _("The rule was turned off. Checked with Microsoft at %(time)s.")
DELETED = _("The rule was deleted. Checked with Microsoft at %(time)s.")

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@mailbox_page
def index(request: HttpRequest, connection: Connection) -> HttpResponse:
    return render_list(request, MailboxRules.read(connection))


@kept_form.can_be_kept
@get_or_post
@mailbox_page
def new(request: HttpRequest, connection: Connection) -> HttpResponse:
    mailbox = read_for_form(request, connection)
    if request.method == "POST":
        return save_form(request, mailbox, make_form(mailbox, request.POST, is_new=True))
    return render_unsent(request, mailbox, make_form(mailbox, kept_form.take_posted(request), is_new=True))


@kept_form.can_be_kept
@get_or_post
@mailbox_page
def edit(request: HttpRequest, connection: Connection, rule_id: str) -> HttpResponse:
    mailbox = read_for_form(request, connection)
    stored = mailbox.find(rule_id)
    if stored and stored.rule.read_only:
        return render(request, "rules/read_only.html", {"stored": stored}, status=FORBIDDEN)
    if request.method == "POST":
        form = make_form(mailbox, request.POST, stored)
        return save_form(request, mailbox, form, RuleGone() if stored is None else None)
    if stored is None:
        raise Http404
    return render_unsent(request, mailbox, make_form(mailbox, kept_form.take_posted(request), stored))


@require_POST
@mailbox_page
def switch(request: HttpRequest, connection: Connection, rule_id: str) -> HttpResponse:
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    mailbox = MailboxRules.read(connection)
    stored, enabled = mailbox.find(rule_id), form.cleaned_data["enabled"]
    allowed = settings.SERVICE.policy
    blocked = allowed.find_blocked(person.address for person in stored.rule.recipients) if stored and enabled else ()
    if blocked:
        form.add_error(None, explain_blocked(allowed, blocked))
        return render_list(request, mailbox, form, status=UNPROCESSABLE)
    if stored and enabled:
        require_sign_in_if_mail_leaves(request, stored.rule)
    ticket = Ticket.of(form.cleaned_data["ticket"], "switch", rule_id, enabled)
    try:
        outcome = carry_out(connection, ticket, lambda rules: SwitchRule(rule_id, form.cleaned_data["digest"], enabled))
    except ChangeProblem as problem:
        status = show_problem_on(form, request, problem).status
        return render_list(request, mailbox.read_again(), form, status=status)
    return redirect_to_list(request, outcome, TURNED_ON if enabled else TURNED_OFF)


@get_or_post
@mailbox_page
def delete(request: HttpRequest, connection: Connection, rule_id: str) -> HttpResponse:
    if request.method != "POST":
        mailbox = MailboxRules.read(connection)
        return render_delete(request, mailbox, mailbox.find(rule_id))
    form = DeleteForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    ticket = Ticket.of(form.cleaned_data["ticket"], "delete", rule_id)
    try:
        outcome = carry_out(connection, ticket, lambda rules: DeleteRule(rule_id, form.cleaned_data["digest"]))
    except (ChangedMeanwhile, TicketSpent) as problem:
        mailbox = MailboxRules.read(connection)
        return render_delete(request, mailbox, mailbox.find(rule_id), explain_problem(request, problem))
    return redirect_to_list(request, outcome, DELETED)


def read_for_form(request: HttpRequest, connection: Connection) -> MailboxRules:
    """Raises GraphProblem when the rules cannot be read, unless a form was sent: what was typed is shown with it."""
    if request.method == "POST":
        return MailboxRules.read_or_keep_problem(connection)
    return MailboxRules.read(connection)


def make_form(
    mailbox: MailboxRules, typed: QueryDict | None, stored: StoredRule | None = None, *, is_new: bool = False
) -> RuleForm:
    """Without `stored` the form of a new rule or, if not `is_new`, of one that is gone or could not be read."""
    return RuleForm(
        typed,
        stored=stored,
        is_new=is_new,
        tree=mailbox.tree,
        policy=settings.SERVICE.policy,
        own_address=mailbox.connection.person.address,
    )


def save_form(
    request: HttpRequest, mailbox: MailboxRules, form: RuleForm, gone: RuleGone | None = None
) -> HttpResponse:
    """Carry the form out, or show it again with what was typed and what is wrong."""
    problem = mailbox.problem or gone
    if problem:
        return render_form(request, mailbox, form, status=show_problem_on(form, request, problem).status)
    if not form.is_valid():
        if "ticket" in form.errors:
            raise BadRequest
        return render_form(request, mailbox, form, status=UNPROCESSABLE)
    require_sign_in_if_mail_leaves(request, form.build_rule(), form.current if form.stored else None)
    try:
        outcome = carry_out(mailbox.connection, form.make_ticket(), lambda rules: form.make_request())
    except ChangedMeanwhile as changed:
        return render_conflict(request, mailbox, make_form(mailbox, request.POST, changed.now), changed.now)
    except SameRuleExists as there:
        form = make_form(mailbox, request.POST, there.now)
        show_problem_on(form, request, there)
        return render_conflict(request, mailbox, form, there.now)
    except TicketSpent as spent:
        form = make_form(mailbox, request.POST, spent.now) if spent.now and spent.earlier.is_settled else form
        show_problem_on(form, request, spent)
        if spent.earlier.is_settled:
            form.renew_ticket()
        return render_conflict(request, mailbox, form, spent.now if spent.earlier.is_settled else None)
    except FORM_PROBLEMS as error:
        return render_form(request, mailbox, form, status=show_problem_on(form, request, error).status)
    return redirect_to_list(request, outcome, SAVED)


def require_sign_in_if_mail_leaves(request: HttpRequest, wanted: Rule, now: Rule | None = None) -> None:
    """Mail is let out to another address only by somebody who has just signed in. Raises ConfirmationNeeded."""
    allowed = settings.SERVICE.policy
    leaving = allowed.find_outside(person.address for person in wanted.recipients)
    left = allowed.find_outside(person.address for person in now.recipients) if now and now.enabled else frozenset()
    if leaving - left:
        require_recent_sign_in(request)


def redirect_to_list(request: HttpRequest, outcome: Outcome, message: Promise) -> HttpResponse:
    """To the list, which says what was done and when Microsoft confirmed it."""
    time = date_format(timezone.localtime(outcome.checked_at), "TIME_FORMAT")
    messages.success(request, str(message) % {"time": time})
    return redirect("rules:index")


def render_list(
    request: HttpRequest, mailbox: MailboxRules, form: SwitchForm | None = None, *, status: int = 200
) -> HttpResponse:
    doubts = settle_doubts(mailbox.connection.person, mailbox.rules, mailbox.read_at)
    context = {"mailbox": mailbox, "now": timezone.now(), "form": form, "doubts": doubts}
    return render(request, "rules/index.html", context, status=status)


def render_unsent(request: HttpRequest, mailbox: MailboxRules, form: RuleForm) -> HttpResponse:
    """The form as it is before it is sent; it says so when it shows what was typed before a sign-in came in between."""
    form.restored = form.is_bound
    return render_form(request, mailbox, form)


def render_form(
    request: HttpRequest, mailbox: MailboxRules, form: RuleForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "rules/form.html", {"mailbox": mailbox, "form": form, **more}, status=status)


def render_conflict(
    request: HttpRequest, mailbox: MailboxRules, form: RuleForm, now: StoredRule | None
) -> HttpResponse:
    """What was typed beside the rule as it is `now`; sent once more, the form changes that rule.

    Without `now` the form stays what it was: its earlier contents left no rule, or it is not known yet.
    """
    if now is None or not form.is_valid():
        return render_form(request, mailbox, form, status=CONFLICT)
    wanted = form.build_rule()
    form.adopt(now)
    return render_form(request, mailbox, form, status=CONFLICT, now=now.rule, wanted=wanted)


def render_delete(
    request: HttpRequest, mailbox: MailboxRules, stored: StoredRule | None, problem: ProblemPage | None = None
) -> HttpResponse:
    """Asks whether to delete the rule; once more when it is not what the person had read."""
    if stored is None:
        raise RuleGone if problem else Http404
    context = {"stored": stored, "mailbox": mailbox, "ticket": new_ticket(), "problem": problem}
    if stored.rule.read_only:
        return render(request, "rules/read_only.html", context, status=FORBIDDEN)
    status = problem.status if problem else 200
    return render(request, "rules/delete.html", context, status=status)
