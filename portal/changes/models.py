"""The journal: every change that this site makes to a mailbox, written down before it is made."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from portal.connect import SealBroken, seal, unseal


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
