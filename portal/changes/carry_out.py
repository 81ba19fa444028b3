"""The one way to change a mailbox: the intent in the journal, the write, what the mailbox says afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from portal.changes import journal
from portal.changes.change_requests import ChangeRequest, find_rule
from portal.changes.errors import (
    ChangedMeanwhile,
    EarlierInDoubt,
    NotRecorded,
    RuleDiffers,
    RuleGone,
    TicketSpent,
    TooSlow,
    UnderWay,
    make_doubt,
)
from portal.changes.journal import Change, State, Ticket
from portal.changes.lookup import is_unchanged_since, reads_as_sent, settle_changes
from portal.changes.writing import LeasedMailbox, put_rule_first, write_change
from portal.connect import Connection, LeaseTaken, mailbox_lease
from portal.graph.rules import StoredRule

log = logging.getLogger("portal.changes")

# Seconds that a second tab waits for the first.
WAIT_SECONDS = 3.0


@dataclass(frozen=True)
class Outcome:
    """A change that the mailbox shows, as it was read at `checked_at`.

    `is_first` is False when the rule was to stand above all others and is not known to do so.
    """

    change: Change
    checked_at: datetime
    is_first: bool = True


def carry_out(
    connection: Connection, ticket: Ticket, make_request: Callable[[Sequence[StoredRule]], ChangeRequest]
) -> Outcome:
    """Make one change, and return it as the journal and the mailbox have it.

    `make_request` says what to change, given the rules as they are read under the mailbox's lease. So a view need not
    read them itself, and what it checks holds when the change is made. Whatever it raises comes out of here, and then
    nothing was written, neither to the mailbox nor to the journal::

        def request_for(rules: Sequence[StoredRule]) -> ChangeRequest:
            if recipients(rules) + len(addresses) > MOST:
                raise TooManyRecipients
            return CreateRule(rule_for(addresses, rules))

        outcome = carry_out(connection, Ticket.of(number, "forward", addresses), request_for)

    A change that is known without the rules is `lambda rules: DeleteRule(rule_id, digest)`. The ticket is made before
    any rule is read, of what was typed: the same form sent twice must be the same, whatever the mailbox has become.

    A form that was carried out before is not carried out again: with the same contents it is answered from the mailbox
    as it is now. `make_request` is called for it too, before anybody has looked what became of the earlier one: if that
    turns out not to have been made, this one is.

    Raises ChangeProblem, GraphProblem, or what NO_TOKEN lists. Then nothing was changed, unless the problem says
    `may_be_done`, or the person has to sign in before anybody can look.
    """
    with ExitStack() as stack:
        try:
            lease = stack.enter_context(mailbox_lease(connection.person, WAIT_SECONDS))
        except LeaseTaken as taken:
            raise UnderWay from taken
        except DatabaseError as error:
            raise NotRecorded from error
        mailbox = LeasedMailbox(connection, lease)
        mailbox.read_rules()
        return Attempt(mailbox, ticket, make_request(mailbox.rules)).carry_out()


@dataclass(frozen=True)
class Attempt:
    """One form that asks for a change."""

    mailbox: LeasedMailbox
    ticket: Ticket
    request: ChangeRequest

    def carry_out(self) -> Outcome:
        person = self.mailbox.person
        try:
            earlier = journal.find_by_ticket(person, self.ticket)
            settle_changes(person, self.mailbox.rules, self.mailbox.read_at)
            if earlier:
                earlier.refresh_from_db()  # it may have been settled just now
                journal.mark_reported(earlier)  # by the answer to this form
                if earlier.state != State.NOT_DONE:  # else the form is carried out after all
                    return self._answer_again(earlier)
            change = self._begin_change()
        except DatabaseError as error:
            raise NotRecorded from error
        try:
            write_change(self.mailbox, change)
        except DatabaseError as error:
            log.error("a %s was not written down to its end: %s", change.kind, type(error).__name__)
            raise make_doubt(change) from error
        return self._conclude(change)

    def _answer_again(self, earlier: Change) -> Outcome:
        """The form was sent before. Its change is not made again; what is true now is said."""
        now = find_rule(self.mailbox.rules, earlier.rule_id)
        if earlier.asked != self.ticket.asked or not earlier.is_readable:
            raise TicketSpent(earlier, now)
        if not earlier.is_settled:
            raise make_doubt(earlier)
        if now is None and earlier.contents["wanted"] is not None:
            raise RuleGone
        if now is not None and not is_unchanged_since(earlier, now):
            raise ChangedMeanwhile(now)
        return self._conclude(earlier)

    def _conclude(self, change: Change) -> Outcome:
        """The mailbox shows the change. Raises RuleDiffers when it is not quite what was asked for."""
        if not reads_as_sent(change, self.mailbox.rules):
            raise RuleDiffers
        first = not self.request.first or put_rule_first(self.mailbox, change.rule_id)
        return Outcome(change, self.mailbox.read_at, first)

    def _begin_change(self) -> Change:
        """The intent, committed; nothing is noted if this raises, since the rule is not as the form has it, say."""
        intent = self.request.make_intent(self.mailbox.rules)
        if journal.has_change_to_come(self.mailbox.person, intent.rule_id, self.mailbox.read_at):
            raise EarlierInDoubt
        if not self.mailbox.has_time_for(2):
            raise TooSlow
        ids = [stored.rule.id for stored in self.mailbox.rules]
        contents = {"before": intent.before, "wanted": intent.body, "after": None, "ids": ids}
        return journal.begin_change(self.mailbox.person, self.ticket, self.request.kind, intent.rule_id, contents)
