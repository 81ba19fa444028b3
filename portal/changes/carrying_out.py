"""The one way to change a mailbox: the intent in the journal, the write, what the mailbox says afterwards."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from portal.changes import journal
from portal.changes.errors import (
    ChangedMeanwhile,
    Differs,
    EarlierInDoubt,
    Gone,
    InDoubt,
    NotRecorded,
    TicketSpent,
    TooSlow,
    Unconfirmed,
    UnderWay,
    Unverified,
)
from portal.changes.lookup import did_nothing, is_as_left, look_up, reads_as_sent, settle_all
from portal.changes.models import Answer, Change, State
from portal.changes.plans import Plan, is_first, with_id
from portal.changes.tickets import Ticket
from portal.connect import NO_TOKEN, Connection, Held, LeaseLost, LeaseTaken, SignInUnavailable, mailbox_lease
from portal.graph import rule_writes
from portal.graph.client import Graph
from portal.graph.errors import Busy, Doubtful, GraphProblem, Missing, NotSent, SignInAgain
from portal.graph.rules import StoredRule, list_rules
from portal.graph.transport import Limits

log = logging.getLogger("portal.changes")

# Seconds that a second tab waits for the first.
WAIT_SECONDS = 3.0
# A request is taken to last this much longer than the last one did, and this many seconds more.
LONGER, SLACK = 1.5, 0.5


@dataclass(frozen=True)
class Outcome:
    """A change that the mailbox shows, as it was read at `checked`.

    `first` is False when the rule was to stand above all others and is not known to do so.
    """

    change: Change
    checked: datetime
    first: bool = True


def carry_out(connection: Connection, ticket: Ticket, plan: Plan) -> Outcome:
    """Make one change, and return it as the journal and the mailbox have it.

    A form that was carried out before is not carried out again: with the same contents it is answered from the mailbox
    as it is now. Raises ChangeProblem, GraphProblem, or what NO_TOKEN lists; then nothing was changed, unless the
    problem says `may_be_done`, or the person has to sign in before anybody can look.
    """
    with ExitStack() as stack:
        try:
            held = stack.enter_context(mailbox_lease(connection.person, WAIT_SECONDS))
        except LeaseTaken as taken:
            raise UnderWay from taken
        except DatabaseError as error:
            raise NotRecorded from error
        return Attempt(connection, held, ticket, plan).carry_out()


@dataclass
class Attempt:
    """One change of one mailbox, whose lease is held."""

    connection: Connection
    held: Held
    ticket: Ticket
    plan: Plan
    rules: Sequence[StoredRule] = ()
    read_at: datetime = field(default_factory=timezone.now)
    took: float = 0.0  # seconds that Microsoft needed for the rules the last time

    @property
    def graph(self) -> Graph:
        return self.connection.graph

    def carry_out(self) -> Outcome:
        self._read()
        try:
            earlier = journal.with_ticket(self.connection.person, self.ticket)
            settle_all(self.connection.person, self.rules, self.read_at)
            if earlier and not self._was_given_back(earlier):
                return self._answer_again(earlier)
            change = self._begin()
        except DatabaseError as error:
            raise NotRecorded from error
        try:
            self._write(change)
        except DatabaseError as error:
            log.error("a %s was not written down to its end: %s", change.kind, type(error).__name__)
            raise doubt_of(change) from error
        return self._concluded(change)

    def _read(self) -> None:
        began, at = time.monotonic(), timezone.now()
        self.rules = list_rules(self.graph)
        self.took, self.read_at = time.monotonic() - began, at

    def _was_given_back(self, earlier: Change) -> bool:
        """It was in doubt, and turned out just now not to have been made: the form is carried out after all."""
        earlier.refresh_from_db()
        journal.mark_reported(earlier)  # by the answer to this form
        return earlier.state == State.NOT_DONE

    def _answer_again(self, earlier: Change) -> Outcome:
        """The form was sent before. Its change is not made again; what is true now is said."""
        now = with_id(self.rules, earlier.rule_id)
        if earlier.asked != self.ticket.asked or not earlier.is_readable:
            raise TicketSpent(earlier, now)
        if not earlier.is_settled:
            raise doubt_of(earlier)
        if now is None and earlier.contents["wanted"] is not None:
            raise Gone
        if now is not None and not is_as_left(earlier, now):
            raise ChangedMeanwhile(now)
        return self._concluded(earlier)

    def _concluded(self, change: Change) -> Outcome:
        """The mailbox shows the change. Raises Differs when it is not quite what was asked for."""
        if not reads_as_sent(change, self.rules):
            raise Differs
        first = not self.plan.first or self._put_first(change.rule_id)
        return Outcome(change, self.read_at, first)

    def _begin(self) -> Change:
        """The intent, committed; nothing is noted if this raises, since the rule is not as the form has it, say."""
        intent = self.plan.intent(self.rules)
        if journal.awaits(self.connection.person, intent.rule_id, self.read_at):
            raise EarlierInDoubt
        if self.graph.left < 2 * self._needed:
            raise TooSlow
        ids = [stored.rule.id for stored in self.rules]
        contents = {"before": intent.before, "wanted": intent.body, "after": None, "ids": ids}
        return journal.begin(self.connection.person, self.ticket, self.plan.kind, intent.rule_id, contents)

    @property
    def _needed(self) -> float:
        """Seconds that one more request may take."""
        return self.took * LONGER + SLACK

    def _write(self, change: Change) -> None:
        """Send it, and close the entry by what the mailbox says then. Raises unless the mailbox shows the change."""
        refusal = self._send(change)
        self._read_back(change)
        self._judge(change, refusal)

    def _send(self, change: Change) -> GraphProblem | None:
        """What Microsoft refused it with, if it did: the mailbox is read all the same, its word is no proof.

        Raises when nothing was sent, or nobody can read the mailbox now.
        """
        try:
            self._send_once(change)
        except (NotSent, Busy):
            journal.close(change, State.NOT_DONE)
            raise
        except LeaseLost as lost:
            journal.close(change, State.NOT_DONE)
            raise TooSlow from lost
        except Doubtful:
            log.warning("a %s was sent, and no answer came", change.kind)
        except SignInAgain as refused:
            return self._send_again(change, refused)
        except GraphProblem as problem:
            change.answer = Answer.REFUSED
            return problem
        return None

    def _send_again(self, change: Change, refused: SignInAgain) -> GraphProblem | None:
        """Once, with another token, if the mailbox shows that the refused write did nothing."""
        change.answer = Answer.REFUSED
        try:
            if not self.graph.renew(refused.claims):
                raise refused
        except SignInUnavailable as unavailable:
            journal.close(change, State.DOUBTFUL)  # until the next page can read the mailbox
            raise doubt_of(change) from unavailable
        except (SignInAgain, *NO_TOKEN):
            journal.close(change, State.DOUBTFUL)  # as above; the person signs in before it
            raise
        try:
            self._read()
        except GraphProblem as problem:
            return problem
        change.answer = Answer.NONE
        return self._send(change) if did_nothing(change, self.rules) else None

    def _send_once(self, change: Change) -> None:
        """A rule that was made is known by its id from here on, whatever Microsoft made of what it says."""
        limits = self._limits()
        wanted, made = change.contents["wanted"], ""
        if wanted is None:
            rule_writes.delete_rule(self.graph, change.rule_id, limits)
        elif not change.rule_id:
            made = rule_writes.create_rule(self.graph, wanted, limits).rule.id
        elif wanted:
            rule_writes.change_rule(self.graph, change.rule_id, wanted, limits)
        journal.note_answer(change, Answer.ACCEPTED, made)

    def _limits(self) -> Limits:
        """A write leaves while the lease is held, and its answer comes while there is time to read it back."""
        try:
            self.held.renew()
        except DatabaseError as error:
            raise NotRecorded from error
        return Limits(leave_by=self.held.ends, answer_by=time.monotonic() + self.graph.left - self._needed)

    def _read_back(self, change: Change) -> None:
        """Raises InDoubt when the mailbox cannot be read, or may have been changed by somebody else since."""
        try:
            self._read()
            self.held.renew()  # else somebody may have changed what was read
        except LeaseLost as lost:
            raise doubt_of(change) from lost
        except (GraphProblem, *NO_TOKEN) as problem:
            journal.close(change, State.DOUBTFUL)
            raise doubt_of(change) from problem

    def _judge(self, change: Change, refusal: GraphProblem | None) -> None:
        """What the mailbox shows decides, whatever Microsoft answered."""
        look_up(change, self.rules, self.read_at)
        if change.state == State.DONE:
            return
        if isinstance(refusal, Missing) and change.rule_id:
            raise Gone
        if refusal and change.state == State.NOT_DONE:
            raise refusal
        raise doubt_of(change)

    def _put_first(self, rule_id: str) -> bool:
        """Whether the rule stands above all others, as the mailbox shows it.

        Microsoft ignores the place on creation, so it takes a request of its own. The change itself is made by now.
        https://learn.microsoft.com/graph/api/mailfolder-post-messagerules
        """
        if is_first(self.rules, rule_id):
            return True
        try:
            if self.graph.left < 2 * self._needed:
                raise TooSlow
            self._move_up(rule_id)
            self._read()
        except (GraphProblem, TooSlow, NotRecorded, LeaseLost, *NO_TOKEN) as problem:
            log.warning("it is not known whether a rule stands first: %s", type(problem).__name__)
            return False
        return is_first(self.rules, rule_id)

    def _move_up(self, rule_id: str) -> None:
        try:
            rule_writes.change_rule(self.graph, rule_id, {"sequence": 1}, self._limits())
        except GraphProblem as problem:
            log.warning("a rule could not be put first: %s", type(problem).__name__)


def doubt_of(change: Change) -> InDoubt:
    """By what Microsoft said to it."""
    doubts = {Answer.ACCEPTED: Unverified, Answer.REFUSED: Unconfirmed}
    return doubts.get(Answer(change.answer), InDoubt)()
