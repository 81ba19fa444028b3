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
    """Microsoft's answer did not come, and looking it up did not settle it. It is looked up before the next write."""

    reason = "in-doubt"
    page_status = 502


class NotDone(ChangeProblem):
    """Microsoft's answer did not come; the mailbox shows that nothing was changed."""

    reason = "not-done"
    page_status = 502


class Differs(ChangeProblem):
    """Microsoft said yes, and the rule reads otherwise than what was asked for."""

    reason = "differs"
    page_status = 502


class UnderWay(ChangeProblem):
    """Another change of this mailbox is being made, in another tab or on another device. Nothing was written."""

    reason = "under-way"
    page_status = 409
