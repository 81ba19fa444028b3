"""What can be said of an answer as soon as it is there; the rest is said at the end (`agreement`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.sequences.answers import Claim
from tests.sequences.choosing import FRESH
from tests.sequences.sent import NOT_MET, Sent


def of_answer(sent: Sent, *, beside: bool, killed: bool) -> Iterator[str]:
    """Against the mailbox just after it. `beside`: another form was sent at the same moment; `killed`: the site was."""
    assert sent.answer is not None
    yield from sent.answer.faults_of_form()
    holds = sent.holds_in(sent.after)
    if beside:  # the other form may have changed it again, or only after this one was answered from the mailbox
        holds = holds or sent.effects > 0 or sent.holds_in(sent.before)
    if sent.claim is Claim.DONE and not holds:
        yield "the page says that it was done, and the mailbox has it not"
    if sent.answer.is_under_way and not (beside or killed):
        yield "refused for another change being made, and there is none"


def of_others(sent: Sent, every: Sequence[Sent], *, alone: bool) -> Iterator[str]:
    """Against what was sent before. `alone`: neither Outlook nor another tab nor a kill came in between."""
    before = [other for other in every if other.ended <= sent.began and other is not sent]
    if sent.claim is Claim.DONE and any(was_spent_on_another(sent, other) for other in before):
        yield "done, says the page, of a ticket that was spent on something else"
    if alone and is_calm(sent, before) and sent.claim not in (Claim.DONE, Claim.MISTAKE):
        yield "not made, and nothing stood in the way"


def was_spent_on_another(sent: Sent, other: Sent) -> bool:
    """Whether that form had the same ticket, was carried out, and asked for something else."""
    asked = [(each.kind, each.form.rule, each.marker if each.has_marker else "") for each in (sent, other)]
    return other.claim is Claim.DONE and other.values["ticket"] == sent.values["ticket"] and asked[0] != asked[1]


def is_calm(sent: Sent, before: Sequence[Sent]) -> bool:
    """Whether it comes from a fresh page, and nothing has gone wrong so far."""
    smooth = all(each.fault == "none" or each.fault.endswith(NOT_MET) for each in (sent, *before))
    return sent.page == FRESH and smooth and not any(each.is_unsure for each in before)
