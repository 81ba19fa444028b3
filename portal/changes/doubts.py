"""What a page that shows the rules says of changes whose end was not known when they were made."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from accounts.models import User
from portal.changes import journal
from portal.changes.lookup import settle_all
from portal.changes.models import Change
from portal.connect import LeaseTaken, is_interrupted, mailbox_lease
from portal.graph.rules import StoredRule

log = logging.getLogger("portal.changes")


@dataclass(frozen=True)
class Doubts:
    """`news`: known now, and told with this page. `open`: not known yet.

    `interrupted`: the process that was making a change died within the last seconds, so it is not looked up yet.
    """

    news: Sequence[Change] = ()
    open: Sequence[Change] = ()
    interrupted: bool = False


def settle(person: User, rules: Sequence[StoredRule], read_at: datetime) -> Doubts:
    """Find out what the rules, read at `read_at`, tell of changes in doubt; the person is told what is new with that.

    While somebody changes the mailbox nothing is settled: a change that is under way is not in doubt.
    """
    if not any(_is_settled_by(change, read_at) for change in journal.untold(person)):
        return Doubts()
    try:
        with mailbox_lease(person):
            settle_all(person, rules, read_at)
            changes = list(journal.untold(person))
            news = [change for change in changes if change.news]
            journal.told(*news)
    except LeaseTaken:
        return Doubts(interrupted=is_interrupted(person))
    except DatabaseError as error:  # a full disk, say: the page shows the rules all the same
        log.error("changes in doubt cannot be settled: %s", type(error).__name__)
        return Doubts()
    return Doubts(news, [change for change in changes if not change.is_settled])


def _is_settled_by(change: Change, read_at: datetime) -> bool:
    return change.news or change.began < read_at
