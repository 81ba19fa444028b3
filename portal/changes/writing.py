"""A mailbox whose lease is held; one write to it, sent once, and what the mailbox shows afterwards."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from portal.changes import journal
from portal.changes.change_requests import find_rule
from portal.changes.errors import NotRecorded, RuleGone, TooSlow, make_doubt
from portal.changes.journal import Change, State, WriteAnswer
from portal.changes.lookup import had_no_effect, settle_change
from portal.connect import NO_TOKEN, Connection, LeaseLost, MailboxLease, Person, SignInUnavailable
from portal.graph import rule_writes
from portal.graph.client import Graph
from portal.graph.errors import Busy, Doubtful, GraphProblem, Missing, NotSent, SignInAgain
from portal.graph.rules import StoredRule, list_rules
from portal.graph.wire import TimeLimits

log = logging.getLogger("portal.changes")

# A request is taken to last this much longer than the last one did, and this many seconds more.
LONGER, SLACK = 1.5, 0.5


@dataclass
class LeasedMailbox:
    """`rules` were read at `read_at`; Microsoft needed `seconds_taken` seconds for them."""

    connection: Connection
    lease: MailboxLease
    rules: Sequence[StoredRule] = ()
    read_at: datetime = field(default_factory=timezone.now)
    seconds_taken: float = 0.0

    @property
    def person(self) -> Person:
        return self.connection.person

    @property
    def graph(self) -> Graph:
        return self.connection.graph

    def read_rules(self) -> None:
        """The rules as they are now. Raises GraphProblem, or what NO_TOKEN lists."""
        began, at = time.monotonic(), timezone.now()
        self.rules = list_rules(self.graph)
        self.seconds_taken, self.read_at = time.monotonic() - began, at

    def has_time_for(self, requests: int) -> bool:
        """Whether so many requests, one after the other, may be over before the page's time is."""
        return self.graph.seconds_left >= requests * self._seconds_needed

    @property
    def _seconds_needed(self) -> float:
        """Seconds that one more request may take."""
        return self.seconds_taken * LONGER + SLACK

    def renew_for_write(self) -> TimeLimits:
        """For a write: it leaves while the lease is held, and its answer comes while there is time to read it back.

        Raises LeaseLost, NotRecorded.
        """
        try:
            self.lease.renew()
        except DatabaseError as error:
            raise NotRecorded from error
        return TimeLimits(
            leave_by=self.lease.ends, answer_by=time.monotonic() + self.graph.seconds_left - self._seconds_needed
        )


def write_change(mailbox: LeasedMailbox, change: Change) -> None:
    """Send it, and close the entry by what the mailbox says then. Raises unless the mailbox shows the change."""
    refusal = send_change(mailbox, change)
    read_back(mailbox, change)
    require_made(mailbox, change, refusal)


def send_change(mailbox: LeasedMailbox, change: Change) -> GraphProblem | None:
    """What Microsoft refused it with, if it did: the mailbox is read all the same, its word is no proof.

    Raises when nothing was sent, or nobody can read the mailbox now.
    """
    try:
        send_write(mailbox, change)
    except (NotSent, Busy):
        journal.close_change(change, State.NOT_DONE)
        raise
    except LeaseLost as lost:
        journal.close_change(change, State.NOT_DONE)
        raise TooSlow from lost
    except Doubtful:
        log.warning("a %s was sent, and no answer came", change.kind)
    except SignInAgain as refused:
        return resend_change(mailbox, change, refused)
    except GraphProblem as problem:
        change.answer = WriteAnswer.REFUSED
        return problem
    return None


def resend_change(mailbox: LeasedMailbox, change: Change, refused: SignInAgain) -> GraphProblem | None:
    """Once, with another token, if the mailbox shows that the refused write did nothing."""
    change.answer = WriteAnswer.REFUSED
    try:
        if not mailbox.graph.renew_token(refused.claims):
            raise refused
    except SignInUnavailable as unavailable:
        journal.close_change(change, State.DOUBTFUL)  # until the next page can read the mailbox
        raise make_doubt(change) from unavailable
    except (SignInAgain, *NO_TOKEN):
        journal.close_change(change, State.DOUBTFUL)  # as above; the person signs in before it
        raise
    try:
        mailbox.read_rules()
    except GraphProblem as problem:
        return problem
    change.answer = WriteAnswer.NONE
    return send_change(mailbox, change) if had_no_effect(change, mailbox.rules) else None


def send_write(mailbox: LeasedMailbox, change: Change) -> None:
    """A rule that was made is known by its id from here on, whatever Microsoft made of what it says."""
    limits = mailbox.renew_for_write()
    wanted, made = change.contents["wanted"], ""
    if wanted is None:
        rule_writes.delete_rule(mailbox.graph, change.rule_id, limits)
    elif not change.rule_id:
        made = rule_writes.create_rule(mailbox.graph, wanted, limits).rule.id
    elif wanted:
        rule_writes.change_rule(mailbox.graph, change.rule_id, wanted, limits)
    journal.note_answer(change, WriteAnswer.ACCEPTED, made)


def read_back(mailbox: LeasedMailbox, change: Change) -> None:
    """Raises InDoubt when the mailbox cannot be read, or may have been changed by somebody else since."""
    try:
        mailbox.read_rules()
        mailbox.lease.renew()  # else somebody may have changed what was read
    except LeaseLost as lost:
        raise make_doubt(change) from lost
    except (GraphProblem, *NO_TOKEN) as problem:
        journal.close_change(change, State.DOUBTFUL)
        raise make_doubt(change) from problem


def require_made(mailbox: LeasedMailbox, change: Change, refusal: GraphProblem | None) -> None:
    """What the mailbox shows decides, whatever Microsoft answered."""
    settle_change(change, mailbox.rules, mailbox.read_at)
    if change.state == State.DONE:
        return
    if isinstance(refusal, Missing) and change.rule_id and find_rule(mailbox.rules, change.rule_id) is None:
        raise RuleGone
    if refusal and change.state == State.NOT_DONE:
        raise refusal
    raise make_doubt(change)


def put_rule_first(mailbox: LeasedMailbox, rule_id: str) -> bool:
    """Whether the rule stands above all others, as the mailbox shows it.

    Microsoft ignores the place on creation, so it takes a request of its own. The change itself is made by now.
    https://learn.microsoft.com/graph/api/mailfolder-post-messagerules
    """
    if is_first(mailbox.rules, rule_id):
        return True
    try:
        if not mailbox.has_time_for(2):
            raise TooSlow
        send_to_top(mailbox, rule_id)
        mailbox.read_rules()
    except (GraphProblem, TooSlow, NotRecorded, LeaseLost, *NO_TOKEN) as problem:
        log.warning("it is not known whether a rule stands first: %s", type(problem).__name__)
        return False
    return is_first(mailbox.rules, rule_id)


def is_first(rules: Sequence[StoredRule], rule_id: str) -> bool:
    """Whether no other rule stands at or above this one's place."""
    own = find_rule(rules, rule_id)
    return own is not None and all(
        own.rule.sequence < other.rule.sequence for other in rules if other.rule.id != rule_id
    )


def send_to_top(mailbox: LeasedMailbox, rule_id: str) -> None:
    try:
        rule_writes.change_rule(mailbox.graph, rule_id, {"sequence": 1}, mailbox.renew_for_write())
    except GraphProblem as problem:
        log.warning("a rule could not be put first: %s", type(problem).__name__)
