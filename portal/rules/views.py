"""Inbox rules: the list, the form of one, on and off, delete."""

from __future__ import annotations

from typing import Any

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
from portal.rules.desk import Desk
from portal.rules.forms import DeleteForm, RuleForm, SwitchForm, explain_blocked
from portal.service import policy
from portal.web.pages import UNPROCESSABLE
from portal.web.problems import FORM_PROBLEMS, ProblemPage, problem_of, problem_on

FORBIDDEN, CONFLICT = 403, 409
SAVED = _("Saved. Checked with Microsoft at %(time)s.")
TURNED_ON = _("The rule was turned on. Checked with Microsoft at %(time)s.")
TURNED_OFF = _("The rule was turned off. Checked with Microsoft at %(time)s.")
DELETED = _("The rule was deleted. Checked with Microsoft at %(time)s.")

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@mailbox_page
def index(request: HttpRequest, connection: Connection) -> HttpResponse:
    return list_page(request, Desk.read(connection))


@kept_form.shown_again
@get_or_post
@mailbox_page
def new(request: HttpRequest, connection: Connection) -> HttpResponse:
    desk = Desk.read_for(request.method == "POST", connection)
    if request.method == "POST":
        return save(request, desk, desk.new_form(request.POST))
    typed_before = kept_form.take(request)
    return form_page(request, desk, restored(desk.new_form(typed_before), typed_before))


@kept_form.shown_again
@get_or_post
@mailbox_page
def edit(request: HttpRequest, connection: Connection, rule_id: str) -> HttpResponse:
    desk = Desk.read_for(request.method == "POST", connection)
    stored = desk.find(rule_id)
    if stored and stored.rule.read_only:
        return render(request, "rules/read_only.html", {"stored": stored}, status=FORBIDDEN)
    if request.method == "POST":
        return save(request, desk, desk.form(request.POST, stored), RuleGone() if stored is None else None)
    if stored is None:
        raise Http404
    typed_before = kept_form.take(request)
    return form_page(request, desk, restored(desk.form(typed_before, stored), typed_before))


def restored(form: RuleForm, typed_before: QueryDict | None) -> RuleForm:
    """With a word about it when it shows what was typed before a sign-in came in between."""
    form.restored = typed_before is not None
    return form


@require_POST
@mailbox_page
def switch(request: HttpRequest, connection: Connection, rule_id: str) -> HttpResponse:
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    desk = Desk.read(connection)
    stored, enabled = desk.find(rule_id), form.cleaned_data["enabled"]
    allowed = policy()
    blocked = allowed.find_blocked(person.address for person in stored.rule.recipients) if stored and enabled else ()
    if blocked:
        form.add_error(None, explain_blocked(allowed, blocked))
        return list_page(request, desk, form, status=UNPROCESSABLE)
    if stored and enabled:
        confirm_what_leaves(request, stored.rule)
    ticket = Ticket.of(form.cleaned_data["ticket"], "switch", rule_id, enabled)
    try:
        outcome = carry_out(connection, ticket, lambda rules: SwitchRule(rule_id, form.cleaned_data["digest"], enabled))
    except ChangeProblem as problem:
        status = problem_on(form, request, problem).status
        return list_page(request, Desk.read_again(desk), form, status=status)
    return done(request, outcome, TURNED_ON if enabled else TURNED_OFF)


@get_or_post
@mailbox_page
def delete(request: HttpRequest, connection: Connection, rule_id: str) -> HttpResponse:
    if request.method != "POST":
        desk = Desk.read(connection)
        return confirm_page(request, desk, desk.find(rule_id))
    form = DeleteForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    ticket = Ticket.of(form.cleaned_data["ticket"], "delete", rule_id)
    try:
        outcome = carry_out(connection, ticket, lambda rules: DeleteRule(rule_id, form.cleaned_data["digest"]))
    except (ChangedMeanwhile, TicketSpent) as problem:
        desk = Desk.read(connection)
        return confirm_page(request, desk, desk.find(rule_id), problem_of(request, problem))
    return done(request, outcome, DELETED)


def save(request: HttpRequest, desk: Desk, form: RuleForm, gone: RuleGone | None = None) -> HttpResponse:
    """Carry the form out, or show it again with what was typed and what is wrong."""
    problem = desk.problem or gone
    if problem:
        return form_page(request, desk, form, status=problem_on(form, request, problem).status)
    if not form.is_valid():
        if "ticket" in form.errors:
            raise BadRequest
        return form_page(request, desk, form, status=UNPROCESSABLE)
    confirm_what_leaves(request, form.build_rule(), form.current if form.stored else None)
    try:
        outcome = carry_out(desk.connection, form.make_ticket(), lambda rules: form.make_request())
    except ChangedMeanwhile as changed:
        return conflict_page(request, desk, desk.form(request.POST, changed.now), changed.now)
    except SameRuleExists as there:
        form = desk.form(request.POST, there.now)
        problem_on(form, request, there)
        return conflict_page(request, desk, form, there.now)
    except TicketSpent as spent:
        form = desk.form(request.POST, spent.now) if spent.now and spent.earlier.is_settled else form
        problem_on(form, request, spent)
        if spent.earlier.is_settled:
            form.renew_ticket()
        return conflict_page(request, desk, form, spent.now if spent.earlier.is_settled else None)
    except FORM_PROBLEMS as error:
        return form_page(request, desk, form, status=problem_on(form, request, error).status)
    return done(request, outcome, SAVED)


def confirm_what_leaves(request: HttpRequest, wanted: Rule, now: Rule | None = None) -> None:
    """Mail is let out to another address only by somebody who has just signed in. Raises ConfirmationNeeded."""
    allowed = policy()
    leaving = allowed.find_outside(person.address for person in wanted.recipients)
    left = allowed.find_outside(person.address for person in now.recipients) if now and now.enabled else frozenset()
    if leaving - left:
        require_recent_sign_in(request)


def done(request: HttpRequest, outcome: Outcome, said: Promise) -> HttpResponse:
    """To the list, which says what was done and when Microsoft confirmed it."""
    time = date_format(timezone.localtime(outcome.checked_at), "TIME_FORMAT")
    messages.success(request, str(said) % {"time": time})
    return redirect("rules:index")


def list_page(request: HttpRequest, desk: Desk, form: SwitchForm | None = None, *, status: int = 200) -> HttpResponse:
    doubts = settle_doubts(desk.connection.person, desk.rules, desk.read_at)
    context = {"desk": desk, "now": timezone.now(), "form": form, "doubts": doubts}
    return render(request, "rules/index.html", context, status=status)


def form_page(request: HttpRequest, desk: Desk, form: RuleForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "rules/form.html", {"desk": desk, "form": form, **more}, status=status)


def conflict_page(request: HttpRequest, desk: Desk, form: RuleForm, now: StoredRule | None) -> HttpResponse:
    """What was typed beside the rule as it is `now`; sent once more, the form changes that rule.

    Without `now` the form stays what it was: its earlier contents left no rule, or it is not known yet.
    """
    if now is None or not form.is_valid():
        return form_page(request, desk, form, status=CONFLICT)
    wanted = form.build_rule()
    form.adopt(now)
    return form_page(request, desk, form, status=CONFLICT, now=now.rule, wanted=wanted)


def confirm_page(
    request: HttpRequest, desk: Desk, stored: StoredRule | None, problem: ProblemPage | None = None
) -> HttpResponse:
    """Asks whether to delete the rule; once more when it is not what the person had read."""
    if stored is None:
        raise RuleGone if problem else Http404
    context = {"stored": stored, "desk": desk, "ticket": new_ticket(), "problem": problem}
    if stored.rule.read_only:
        return render(request, "rules/read_only.html", context, status=FORBIDDEN)
    status = problem.status if problem else 200
    return render(request, "rules/delete.html", context, status=status)
