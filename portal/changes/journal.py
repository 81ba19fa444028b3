"""Writing the journal: the intent first, then how it ended."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from portal.changes.models import UNSETTLED, Change, Kind, State

# Microsoft documents no time after which a request whose answer was lost has no effect any more. Its own gateways
# wait for tens of seconds (a 504), so a change that a mailbox does not show is in doubt for this long.
MAY_STILL_COME = datetime.timedelta(seconds=60)


def new_ticket() -> str:
    """A number for one form; the same form sent twice carries the same one."""
    return secrets.token_urlsafe(18)


def oldest_kept() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=settings.JOURNAL_DAYS)


def of(person: User) -> QuerySet[Change]:
    """A person's changes of the last JOURNAL_DAYS, newest first."""
    return Change.objects.filter(person=person, began__gte=oldest_kept())


def unsettled(person: User) -> QuerySet[Change]:
    """Changes of which it is not known whether Microsoft made them, oldest first."""
    return of(person).filter(state__in=UNSETTLED).order_by("began", "pk")


def may_still_come(change: Change) -> bool:
    """Whether Microsoft may yet make it, though the mailbox does not show it."""
    return change.began > timezone.now() - MAY_STILL_COME


def awaits_creation(person: User) -> bool:
    """Whether a new rule was sent a moment ago of which nothing has been seen."""
    return unsettled(person).filter(rule_id="", began__gt=timezone.now() - MAY_STILL_COME).exists()


def with_ticket(person: User, ticket: str) -> Change | None:
    return of(person).filter(ticket=ticket).first()


def begin(person: User, ticket: str, kind: Kind, rule_id: str, contents: dict[str, Any]) -> Change:
    """Write the intent down; committed when this returns. What is too old goes at the same time."""
    purge()
    change = Change(person=person, ticket=ticket, kind=kind, rule_id=rule_id)
    change.contents = contents
    change.save()
    return change


def name(change: Change, rule_id: str) -> None:
    """Write down at once which rule Microsoft made."""
    change.rule_id = rule_id
    change.save(update_fields=["rule_id"])


def close(change: Change, state: State, after: dict[str, Any] | None = None, rule_id: str = "") -> Change:
    """Write down how it ended. A change that was not made gives its ticket back, so that the form can be sent again."""
    change.state = state
    change.ended = timezone.now()
    change.rule_id = rule_id or change.rule_id
    change.contents = {**change.contents, "after": after}
    if state == State.NOT_DONE:
        change.ticket = new_ticket()
    change.save(update_fields=["state", "ended", "rule_id", "sealed", "ticket"])
    audit.record(change.kind, state, change.person)
    return change


def purge() -> int:
    """Delete everybody's changes that are older than JOURNAL_DAYS; how many."""
    return Change.objects.filter(began__lt=oldest_kept()).delete()[0]
