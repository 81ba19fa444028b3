"""What a page that shows the rules says of changes whose end was not known when they were made."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from portal.changes import journal
from portal.changes.lookup import settle_all
from portal.changes.models import Change
from portal.connect import LeaseTaken, Person, mailbox_lease
from portal.graph.rules import StoredRule

log = logging.getLogger("portal.changes")


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


def settle(person: Person, rules: Sequence[StoredRule], read_at: datetime) -> Doubts:
    """Find out what the rules, read at `read_at`, tell of changes in doubt; what is new is reported with that.

    While somebody changes the mailbox nothing is settled: a change that is under way is not in doubt.
    """
    try:
        if not any(change.is_settled or change.began < read_at for change in journal.to_report(person)):
            return Doubts()
        with mailbox_lease(person):
            settle_all(person, rules, read_at)
            changes = list(journal.to_report(person))
            ended = [change for change in changes if change.is_settled]
            journal.mark_reported(*ended)
    except LeaseTaken:
        return Doubts(under_way=True)
    except DatabaseError as error:  # a full disk, say: the page shows the rules all the same
        log.error("changes in doubt cannot be settled: %s", type(error).__name__)
        return Doubts()
    return Doubts(ended, [change for change in changes if not change.is_settled and change.is_readable])
