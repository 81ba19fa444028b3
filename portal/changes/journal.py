"""The journal: every change that this site makes to a mailbox, written down before it is made, and how it ended.

The intent comes first, under the number of the form that asks for it (its ticket).
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from portal.connect import Person, SealBroken, record_change, seal, unseal


class Kind(models.TextChoices):
    """What somebody wanted."""

    CREATE_RULE = "create-rule"
    CHANGE_RULE = "change-rule"
    DELETE_RULE = "delete-rule"
    TURN_ON = "turn-on"
    TURN_OFF = "turn-off"
    START_FORWARDING = "start-forwarding"
    CHANGE_FORWARDING = "change-forwarding"
    STOP_FORWARDING = "stop-forwarding"


class State(models.TextChoices):
    """How it went. INTENDED: written down, and nothing is known yet of how it went."""

    INTENDED = "intended"
    DONE = "done"
    NOT_DONE = "not-done"
    DOUBTFUL = "doubtful"


class WriteAnswer(models.TextChoices):
    """What Microsoft said to the write. NONE: nothing usable came (yet)."""

    NONE = "none"
    ACCEPTED = "accepted"
    REFUSED = "refused"


UNSETTLED = (State.INTENDED, State.DOUBTFUL)


class Change(models.Model):
    """One change. What it says about mail is sealed: `contents` holds the rule before and after, and what was sent.

    `ticket` is the number of the form that asked for it, `asked` a digest of what that form said ("" in old rows).
    `unreported`: the person has not been told how it ended, since it is not known or was found out later.

    contents: {"before": rule or null, "wanted": the body that was sent or null, "after": rule or null,
    "ids": ids of all rules before}, in Microsoft's JSON.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="changes")
    ticket = models.CharField(max_length=64)
    asked = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.INTENDED)
    answer = models.CharField(max_length=8, choices=WriteAnswer, default=WriteAnswer.NONE)
    rule_id = models.CharField(max_length=512, blank=True)
    began = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)
    unreported = models.BooleanField(default=False)
    sealed = models.TextField()

    class Meta:
        ordering = ["-began", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "ticket"], name="one_change_per_ticket")]
        indexes = [models.Index(fields=["began"]), models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_settled(self) -> bool:
        """Whether it is known how it ended."""
        return self.state not in UNSETTLED

    @property
    def is_readable(self) -> bool:
        """Whether a key of ours still opens it."""
        try:
            unseal(self.sealed)
        except SealBroken:
            return False
        return True

    @property
    def contents(self) -> dict[str, Any]:
        """Unsealed; see above."""
        return dict(json.loads(unseal(self.sealed)))

    @contents.setter
    def contents(self, contents: dict[str, Any]) -> None:
        self.sealed = seal(json.dumps(contents, ensure_ascii=False))


@dataclass(frozen=True)
class Ticket:
    """`number` is the form's, `asked` a digest of what the form asks for."""

    number: str
    asked: str

    @classmethod
    def of(cls, number: str, *asked: object) -> Ticket:
        """`asked` names the kind of form, the rule that it is about, and what was typed: whatever JSON can hold."""
        text = json.dumps(asked, sort_keys=True, ensure_ascii=True)
        return cls(number, hashlib.sha256(text.encode()).hexdigest())


def new_ticket() -> str:
    """A number for one form; the same form sent twice carries the same one."""
    return secrets.token_urlsafe(18)


def find_oldest_kept() -> datetime.datetime:
    """What began before is neither shown nor kept."""
    return timezone.now() - datetime.timedelta(days=settings.JOURNAL_DAYS)


def list_changes(person: Person) -> QuerySet[Change]:
    """A person's changes of the last JOURNAL_DAYS, newest first."""
    return Change.objects.filter(person=person, began__gte=find_oldest_kept())


def list_unsettled(person: Person) -> QuerySet[Change]:
    """Changes of which it is not known whether Microsoft made them, oldest first."""
    return list_changes(person).filter(state__in=UNSETTLED).order_by("began", "pk")


def has_change_to_come(person: Person, rule_id: str, read_at: datetime.datetime) -> bool:
    """Whether a change of that rule ("": a new one) may still come; all that is known at `read_at` is settled."""
    return list_unsettled(person).filter(rule_id=rule_id, began__gt=read_at - get_doubt_period()).exists()


def list_unreported(person: Person) -> QuerySet[Change]:
    """Changes of which it is not known how they ended, or the person has not been told yet; oldest first.

    One plain column, since most pages ask for it and find nothing: 0.2 ms, and 0.5 by the states as well.
    """
    return Change.objects.filter(person=person, unreported=True).order_by("pk")


def mark_reported(*changes: Change) -> None:
    """The person has been told how these ended."""
    settled = Change.objects.exclude(state__in=UNSETTLED)
    settled.filter(pk__in=[change.pk for change in changes], unreported=True).update(unreported=False)


def get_doubt_period() -> datetime.timedelta:
    """How long a change may still come whose answer did not.

    Microsoft documents no such time. Its own gateways wait for tens of seconds (a 504), so a minute is our guess.
    """
    return datetime.timedelta(seconds=settings.DOUBT_SECONDS)


def may_still_come(change: Change, read_at: datetime.datetime) -> bool:
    """Whether Microsoft may yet make it, though the mailbox, read at that time, does not show it.

    What Microsoft has refused does not come later.
    """
    return change.answer != WriteAnswer.REFUSED and change.began > read_at - get_doubt_period()


def find_by_ticket(person: Person, ticket: Ticket) -> Change | None:
    return list_changes(person).filter(ticket=ticket.number).first()


def is_ticket_spent(person: Person, number: str) -> bool:
    """Whether a form of this number has been sent already, and perhaps carried out."""
    return list_changes(person).filter(ticket=number).exists()


def begin_change(person: Person, ticket: Ticket, kind: Kind, rule_id: str, contents: dict[str, Any]) -> Change:
    """Write the intent down; committed when this returns. What is too old goes at the same time."""
    purge_changes()
    change = Change(person=person, ticket=ticket.number, asked=ticket.asked, kind=kind, rule_id=rule_id)
    change.unreported = True
    change.contents = contents
    change.save()
    return change


def note_answer(change: Change, answer: WriteAnswer, rule_id: str = "") -> None:
    """Write down at once what Microsoft said, and which rule it made."""
    change.answer = answer
    change.rule_id = rule_id or change.rule_id
    change.save(update_fields=["answer", "rule_id"])


def close_change(
    change: Change, state: State, after: dict[str, Any] | None = None, rule_id: str = "", *, looked_up: bool = False
) -> None:
    """Write down how it ended, unless somebody did so already: then `change` becomes what that was.

    A change that was not made gives its ticket back, so that the form can be sent again. `looked_up`: not by the page
    that sent it, but by a later one that read the mailbox.
    """
    before = change.state
    change.state = state
    change.ended = timezone.now()
    change.rule_id = rule_id or change.rule_id
    change.contents = {**change.contents, "after": after}
    change.unreported = looked_up or state in UNSETTLED
    if state == State.NOT_DONE:
        change.ticket = new_ticket()
    names = ("state", "ended", "rule_id", "sealed", "ticket", "answer", "unreported")
    ours = Change.objects.filter(pk=change.pk, state__in=UNSETTLED)
    if not ours.update(**{name: getattr(change, name) for name in names}):
        change.refresh_from_db()
    elif state != before:
        record_change(change.person, change.kind, state, "looked-up" if looked_up else "")


def purge_changes() -> int:
    """Delete everybody's changes that are older than JOURNAL_DAYS; how many."""
    return Change.objects.filter(began__lt=find_oldest_kept()).delete()[0]
