"""What became of a change, read from the mailbox itself; and what a page says of one whose end was not known."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from portal.changes import journal
from portal.changes.change_requests import find_rule
from portal.changes.journal import Change, State, WriteAnswer
from portal.connect import LeaseTaken, Person, SealBroken, mailbox_lease
from portal.graph.rules import StoredRule, digest_rule, has_all_of

log = logging.getLogger("portal.changes")


def settle_change(change: Change, rules: Sequence[StoredRule], read_at: datetime, *, looked_up: bool = False) -> None:
    """Write down how it ended, as far as the rules tell that were read at `read_at`.

    `looked_up`: by a page that did not send it.
    """
    state, there = find_outcome(change, rules)
    if state == State.NOT_DONE and journal.may_still_come(change, read_at):
        state = State.DOUBTFUL
    after, rule_id = (there.raw, there.rule.id) if there else (None, "")
    journal.close_change(change, state, after, rule_id, looked_up=looked_up)


def find_outcome(change: Change, rules: Sequence[StoredRule]) -> tuple[State, StoredRule | None]:
    """DONE or NOT_DONE, and the rule it left (None for a deletion that was made).

    A new rule that Microsoft named is made, however it reads: sent again, it would be there twice. So is an edit that
    Microsoft accepted and that left another rule than the one before.
    """
    contents = change.contents
    before, wanted = contents["before"], contents["wanted"]
    if before is None:
        created = find_rule(rules, change.rule_id) or _find_created(wanted, contents["ids"], rules)
        return (State.DONE, created) if created else (State.NOT_DONE, None)
    there = find_rule(rules, change.rule_id)
    if wanted is None:
        return (State.NOT_DONE, there) if there else (State.DONE, None)
    if there is None:
        return State.NOT_DONE, None
    made_otherwise = change.answer == WriteAnswer.ACCEPTED and there.digest != digest_rule(before)
    return (State.DONE if made_otherwise or has_all_of(there.raw, wanted) else State.NOT_DONE), there


def reads_as_sent(change: Change, rules: Sequence[StoredRule]) -> bool:
    """Whether the rule of the change, or its absence, is what was asked for."""
    there, wanted = find_rule(rules, change.rule_id), change.contents["wanted"]
    if wanted is None or there is None:
        return wanted is None and there is None
    return has_all_of(there.raw, wanted)


def is_unchanged_since(change: Change, there: StoredRule) -> bool:
    """Whether the rule still says all that it said after the change; of a mere switch, whether it is on or off."""
    contents = change.contents
    wanted, after = contents["wanted"] or {}, contents["after"] or {}
    return has_all_of(there.raw, wanted) if wanted.keys() <= {"isEnabled"} else there.digest == digest_rule(after)


def had_no_effect(change: Change, rules: Sequence[StoredRule]) -> bool:
    """Whether the mailbox shows that the write has had no effect: no rule is new, or the rule is as it was before."""
    before = change.contents["before"]
    if before is None:
        return {stored.rule.id for stored in rules} <= set(change.contents["ids"])
    there = find_rule(rules, change.rule_id)
    return there is not None and there.digest == digest_rule(before)


def _find_created(wanted: dict[str, Any], ids_before: list[str], rules: Sequence[StoredRule]) -> StoredRule | None:
    """A lost creation is known by its content among the ids that were not there before."""
    fresh = (stored for stored in rules if stored.rule.id not in ids_before)
    return next((stored for stored in fresh if has_all_of(stored.raw, wanted)), None)


def settle_changes(person: Person, rules: Sequence[StoredRule], read_at: datetime) -> None:
    """Find out about every change whose end is not known, from rules read at `read_at`.

    One that no key opens any more stays as it is: nobody can tell what it was, and nothing sends it again. The
    mailbox's lease must be held: a change that is under way is not in doubt.
    """
    for change in journal.list_unsettled(person).filter(began__lt=read_at):
        try:
            settle_change(change, rules, read_at, looked_up=True)
        except SealBroken:
            log.warning("a %s in doubt cannot be unsealed: was a key of TOKEN_KEYS taken away too early?", change.kind)


@dataclass(frozen=True)
class Doubts:
    """`ended`: known now, and reported with this page. `open`: not known yet.

    `under_way`: one is being made at this moment, or its process died within the last seconds.
    """

    ended: Sequence[Change] = ()
    open: Sequence[Change] = ()
    under_way: bool = False

    def __bool__(self) -> bool:
        return self != Doubts()


def settle_doubts(person: Person, rules: Sequence[StoredRule], read_at: datetime) -> Doubts:
    """Find out what the rules, read at `read_at`, tell of changes in doubt; what is new is reported with that.

    While somebody changes the mailbox nothing is settled: a change that is under way is not in doubt.
    """
    try:
        if not any(change.is_settled or change.began < read_at for change in journal.list_unreported(person)):
            return Doubts()
        with mailbox_lease(person):
            settle_changes(person, rules, read_at)
            changes = list(journal.list_unreported(person))
            ended = [change for change in changes if change.is_settled]
            journal.mark_reported(*ended)
    except LeaseTaken:
        return Doubts(under_way=True)
    except DatabaseError as error:  # a full disk, say: the page shows the rules all the same
        log.error("changes in doubt cannot be settled: %s", type(error).__name__)
        return Doubts()
    return Doubts(ended, [change for change in changes if not change.is_settled and change.is_readable])
