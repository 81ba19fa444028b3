"""The one way to change a mailbox: the intent in the journal, the write, what the mailbox says afterwards."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from portal.changes import journal
from portal.changes.errors import Differs, InDoubt, NotDone, UnderWay
from portal.changes.lookup import outcome, settle_all
from portal.changes.models import Change, State
from portal.changes.plans import Plan
from portal.connect import Connection, LeaseTaken, lease
from portal.graph.errors import Doubtful, GraphProblem
from portal.graph.rules import StoredRule, list_rules

log = logging.getLogger("portal.changes")

# Longer than a page may take (10 s): a lease ends by itself only when its process died.
LEASE_SECONDS = 60
WAIT_SECONDS = 3


def carry_out(connection: Connection, ticket: str, plan: Plan) -> Change:
    """Make one change and return it as the journal has it, done.

    `ticket` is the form's number: a form that was carried out before is not carried out again, its change is returned.
    Raises ChangeProblem or GraphProblem; then nothing was changed, unless the problem is InDoubt.
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
    if earlier:
        return earlier
    intent = plan.intent(rules)
    change = journal.begin(
        connection.person,
        ticket,
        plan.kind,
        intent.rule_id,
        {"before": intent.before, "wanted": intent.body, "after": None, "ids": [stored.rule.id for stored in rules]},
    )
    try:
        plan.write(connection.graph, intent, rules)
    except Doubtful:
        log.warning("a %s is in doubt", plan.kind)
        return _looked_up(connection, change)
    except GraphProblem:
        # A plan of two writes may have made its first one: the mailbox knows.
        if _looked_up_quietly(connection, change) != State.DONE:
            raise
        return change
    return _read_back(connection, change)


def _read_back(connection: Connection, change: Change) -> Change:
    """Microsoft said yes; say "saved" only once the mailbox says the same."""
    state, there = _there(connection, change)
    if state == State.DONE and there is not None:
        return journal.close(change, state, there.raw, there.rule.id)
    journal.close(change, State.DONE if state == State.DONE else State.NOT_DONE, there.raw if there else None)
    if state != State.DONE:
        raise Differs
    return change


def _looked_up(connection: Connection, change: Change) -> Change:
    """Microsoft's answer did not come: see whether it was done."""
    state, there = _there(connection, change)
    journal.close(change, state, there.raw if there else None, there.rule.id if there else "")
    if state != State.DONE:
        raise NotDone
    return change


def _looked_up_quietly(connection: Connection, change: Change) -> State:
    state, there = _there(connection, change)
    journal.close(change, state, there.raw if there else None, there.rule.id if there else "")
    return state


def _there(connection: Connection, change: Change) -> tuple[State, StoredRule | None]:
    """How the mailbox says it went. Raises InDoubt when it cannot be asked."""
    try:
        rules: Sequence[StoredRule] = list_rules(connection.graph)
    except GraphProblem as problem:
        journal.close(change, State.DOUBTFUL)
        raise InDoubt from problem
    return outcome(change, rules)
