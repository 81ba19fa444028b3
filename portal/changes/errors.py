"""Why a change was not made, or is not known to have been made."""

from __future__ import annotations

from portal.graph.rules import StoredRule


class ChangeProblem(Exception):
    """The base of this family. `reason` chooses the words of the page, `page_status` is its HTTP status."""

    reason = "change"
    page_status = 409


class ChangedMeanwhile(ChangeProblem):
    """The rule is not as it was when the form was made. Nothing was written. `now` is the rule as it is."""

    reason = "changed-meanwhile"

    def __init__(self, now: StoredRule) -> None:
        super().__init__(self.reason)
        self.now = now


class Gone(ChangeProblem):
    """The rule is not there any more. Nothing was written."""

    reason = "gone"
    page_status = 404


class InDoubt(ChangeProblem):
    """Microsoft's answer did not come, and the mailbox does not show the change. The next write looks again."""

    reason = "in-doubt"
    page_status = 502


class EarlierInDoubt(ChangeProblem):
    """A rule that was sent a moment ago may still come, so no other is made yet. Nothing was written."""

    reason = "earlier-in-doubt"
    page_status = 409


class Differs(ChangeProblem):
    """Microsoft said yes, and the rule reads otherwise than what was asked for."""

    reason = "differs"
    page_status = 502


class UnderWay(ChangeProblem):
    """Another change of this mailbox is being made, in another tab or on another device. Nothing was written."""

    reason = "under-way"
    page_status = 409
