"""Whether a change was made, read from the mailbox itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from accounts.models import User
from portal.changes import journal
from portal.changes.models import Change, State
from portal.changes.plans import with_id
from portal.connect import SealBroken
from portal.graph.rule_digest import fulfils
from portal.graph.rules import StoredRule

log = logging.getLogger("portal.changes")


def look_up(change: Change, rules: Sequence[StoredRule]) -> StoredRule | None:
    """Write down how it ended, as far as the mailbox tells; the rule it left."""
    state, there = _outcome(change, rules)
    if state == State.NOT_DONE and journal.may_still_come(change):
        state = State.DOUBTFUL
    journal.close(change, state, there.raw if there else None, there.rule.id if there else "")
    return there


def _outcome(change: Change, rules: Sequence[StoredRule]) -> tuple[State, StoredRule | None]:
    """DONE or NOT_DONE, and the rule it left (None for a deletion that was made).

    A new rule that Microsoft named is made, however it reads: sent again, it would be there twice.
    """
    contents = change.contents
    wanted = contents["wanted"]
    if contents["before"] is None:
        created = with_id(rules, change.rule_id) or _created(wanted, contents["ids"], rules)
        return (State.DONE, created) if created else (State.NOT_DONE, None)
    there = with_id(rules, change.rule_id)
    if wanted is None:
        return (State.NOT_DONE, there) if there else (State.DONE, None)
    return (State.DONE if there and reads_as_sent(change, there) else State.NOT_DONE), there


def reads_as_sent(change: Change, there: StoredRule | None) -> bool:
    """Whether the rule says what was sent; true when nothing is there to say it."""
    return there is None or fulfils(there.raw, change.contents["wanted"])


def _created(wanted: dict[str, Any], ids_before: list[str], rules: Sequence[StoredRule]) -> StoredRule | None:
    """A lost creation is known by its content among the ids that were not there before."""
    fresh = (stored for stored in rules if stored.rule.id not in ids_before)
    return next((stored for stored in fresh if fulfils(stored.raw, wanted)), None)


def settle_all(person: User, rules: Sequence[StoredRule]) -> None:
    """Find out about every change whose end is not known, before anything else is written.

    One that no key opens any more stays as it is: nobody can tell what it was, and nothing sends it again.
    """
    for change in journal.unsettled(person):
        try:
            look_up(change, rules)
        except SealBroken:
            log.error("a %s in doubt cannot be unsealed: was a key of TOKEN_KEYS taken away too early?", change.kind)
