"""The one way to change a mailbox: the intent in the journal, the write, what the mailbox says afterwards."""

from __future__ import annotations

import logging

from portal.changes import journal
from portal.changes.errors import Differs, EarlierInDoubt, InDoubt, UnderWay
from portal.changes.lookup import look_up, reads_as_sent, settle_all
from portal.changes.models import UNSETTLED, Change, State
from portal.changes.plans import Plan, is_first
from portal.connect import NO_TOKEN, Connection, LeaseTaken, lease
from portal.graph import rule_writes
from portal.graph.client import Graph
from portal.graph.errors import Doubtful, GraphProblem
from portal.graph.rules import StoredRule, list_rules

log = logging.getLogger("portal.changes")

# Longer than a page may take (10 s): a lease ends by itself only when its process died.
LEASE_SECONDS = 60
WAIT_SECONDS = 3


def carry_out(connection: Connection, ticket: str, plan: Plan) -> Change:
    """Make one change and return it as the journal has it, done.

    `ticket` is the form's number: a form that was carried out before is not carried out again, its change is returned.
    Raises ChangeProblem or GraphProblem; then nothing was changed, unless the problem is InDoubt or Differs.
    """
    try:
        with lease(f"mailbox:{connection.person.pk}", seconds=LEASE_SECONDS, wait=WAIT_SECONDS):
            return _carry_out(connection, ticket, plan)
    except LeaseTaken as taken:
        raise UnderWay from taken


def _carry_out(connection: Connection, ticket: str, plan: Plan) -> Change:
    rules = list_rules(connection.graph)
    settle_all(connection.person, rules)
    earlier = journal.with_ticket(connection.person, ticket)
    if earlier and earlier.state in UNSETTLED:
        raise InDoubt
    if earlier:
        return earlier
    change = _begin(connection, ticket, plan, rules)
    rules = _write(connection, change)
    if plan.first:
        _put_first(connection.graph, rules, change.rule_id)
    return change


def _begin(connection: Connection, ticket: str, plan: Plan, rules: list[StoredRule]) -> Change:
    """The intent, committed. Raises ChangeProblem when the rule is not as the form has it; then there is no entry."""
    intent = plan.intent(rules)
    if intent.before is None and journal.awaits_creation(connection.person):
        raise EarlierInDoubt
    ids = [stored.rule.id for stored in rules]
    contents = {"before": intent.before, "wanted": intent.body, "after": None, "ids": ids}
    return journal.begin(connection.person, ticket, plan.kind, intent.rule_id, contents)


def _write(connection: Connection, change: Change) -> list[StoredRule]:
    """Write once, and close the entry by what the mailbox says then; the rules as they are now."""
    try:
        _send(connection.graph, change)
    except Doubtful:
        log.warning("a %s is in doubt", change.kind)
        return _close(connection, change, answered=False)
    except (GraphProblem, *NO_TOKEN):
        journal.close(change, State.NOT_DONE)
        raise
    return _close(connection, change, answered=True)


def _send(graph: Graph, change: Change) -> None:
    """A rule that was made is known by its id from here on, whatever Microsoft made of what it says."""
    wanted = change.contents["wanted"]
    if wanted is None:
        rule_writes.delete_rule(graph, change.rule_id)
    elif not change.rule_id:
        journal.name(change, rule_writes.create_rule(graph, wanted).rule.id)
    elif wanted:
        rule_writes.change_rule(graph, change.rule_id, wanted)


def _close(connection: Connection, change: Change, *, answered: bool) -> list[StoredRule]:
    """Raises InDoubt when the mailbox cannot be asked or does not show the change, Differs when it shows another.

    What Microsoft said yes to may have been made in part, or not be listed yet; what it did not answer may still come.
    """
    try:
        rules = list_rules(connection.graph)
    except (GraphProblem, *NO_TOKEN) as problem:
        journal.close(change, State.DOUBTFUL)
        raise InDoubt from problem
    there = look_up(change, rules)
    if change.state != State.DONE:
        raise Differs if answered else InDoubt
    if not reads_as_sent(change, there):
        raise Differs
    return rules


def _put_first(graph: Graph, rules: list[StoredRule], rule_id: str) -> None:
    """Above all others: Microsoft ignores the place on creation, so it takes a request of its own.

    https://learn.microsoft.com/graph/api/mailfolder-post-messagerules
    The change itself is made by now: should this fail, the page says which rule stands above.
    """
    if is_first(rules, rule_id):
        return
    try:
        rule_writes.change_rule(graph, rule_id, {"sequence": 1})
    except (GraphProblem, *NO_TOKEN) as problem:
        log.warning("a rule could not be put first: %s", type(problem).__name__)
