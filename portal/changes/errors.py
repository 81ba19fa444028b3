"""Why a change was not made, or is not known to have been made."""

from __future__ import annotations

from portal.changes.journal import Change, WriteAnswer
from portal.graph.rules import StoredRule


class ChangeProblem(Exception):
    """The base of this family. `reason` chooses the words of the page, `page_status` is its HTTP status.

    `may_be_done`: the mailbox may have been changed by this very form.
    """

    reason = "change"
    page_status = 409
    may_be_done = False


class ChangedMeanwhile(ChangeProblem):
    """The rule is not as it was when the form was made. Nothing was written. `now` is the rule as it is."""

    reason = "changed-meanwhile"

    def __init__(self, now: StoredRule) -> None:
        super().__init__(self.reason)
        self.now = now


class SameRuleExists(ChangeProblem):
    """A rule that says just what the new one was to say. Nothing was written. `now` is that rule."""

    reason = "there-already"

    def __init__(self, now: StoredRule) -> None:
        super().__init__(self.reason)
        self.now = now


class RuleGone(ChangeProblem):
    """The rule is not there any more: it was gone before the write, or the write did not find it."""

    reason = "gone"
    page_status = 404


class TicketSpent(ChangeProblem):
    """The form was sent before, with other contents: that was `earlier`. Nothing was written for what it says now.

    `now` is the rule that the earlier change left, None when there is none or it is not known. As long as `earlier` is
    not settled its ticket is still needed, to tell it apart.
    """

    reason = "ticket-spent"

    def __init__(self, earlier: Change, now: StoredRule | None) -> None:
        super().__init__(self.reason)
        self.earlier = earlier
        self.now = now


class InDoubt(ChangeProblem):
    """Microsoft's answer did not come, and the mailbox does not show the change. Later pages look again."""

    reason = "in-doubt"
    may_be_done = True


class Unverified(InDoubt):
    """Microsoft said yes, and the mailbox could not be read afterwards, or does not show the change yet."""

    reason = "unverified"


class Unconfirmed(InDoubt):
    """Microsoft said no, and the mailbox could not be read to make sure."""

    reason = "unconfirmed"


def make_doubt(change: Change) -> InDoubt:
    """Which doubt it is, by what Microsoft said to the write."""
    doubts = {WriteAnswer.ACCEPTED: Unverified, WriteAnswer.REFUSED: Unconfirmed}
    return doubts.get(WriteAnswer(change.answer), InDoubt)()


class RuleDiffers(ChangeProblem):
    """Microsoft said yes, and the rule reads otherwise than what was asked for."""

    reason = "differs"
    may_be_done = True


class EarlierInDoubt(ChangeProblem):
    """A change of this rule, or a new rule, that was sent a moment ago may still come. Nothing was written."""

    reason = "earlier-in-doubt"


class UnderWay(ChangeProblem):
    """Another change of this mailbox is being made, in another tab or on another device. Nothing was written."""

    reason = "under-way"


class TooSlow(ChangeProblem):
    """Not enough of the page's time was left to write and to read back. Nothing was written."""

    reason = "too-slow"
    page_status = 503


class NotRecorded(ChangeProblem):
    """The database takes no entry (a full disk, say), and what cannot be written down is not begun."""

    reason = "not-recorded"
    page_status = 503
