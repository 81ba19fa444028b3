"""A mailbox whose lease is held: its rules as they were read last, and the time that is left to change them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from portal.changes.errors import NotRecorded
from portal.connect import Connection, MailboxLease, Person
from portal.graph.client import Graph
from portal.graph.rules import StoredRule, list_rules
from portal.graph.transport import Limits

# A request is taken to last this much longer than the last one did, and this many seconds more.
LONGER, SLACK = 1.5, 0.5


@dataclass
class HeldMailbox:
    """`rules` were read at `read_at`; Microsoft needed `took` seconds for them."""

    connection: Connection
    lease: MailboxLease
    rules: Sequence[StoredRule] = ()
    read_at: datetime = field(default_factory=timezone.now)
    took: float = 0.0

    @property
    def person(self) -> Person:
        return self.connection.person

    @property
    def graph(self) -> Graph:
        return self.connection.graph

    def read(self) -> None:
        """The rules as they are now. Raises GraphProblem, or what NO_TOKEN lists."""
        began, at = time.monotonic(), timezone.now()
        self.rules = list_rules(self.graph)
        self.took, self.read_at = time.monotonic() - began, at

    def has_time_for(self, requests: int) -> bool:
        """Whether so many requests, one after the other, may be over before the page's time is."""
        return self.graph.left >= requests * self._needed

    @property
    def _needed(self) -> float:
        """Seconds that one more request may take."""
        return self.took * LONGER + SLACK

    def limits(self) -> Limits:
        """For a write: it leaves while the lease is held, and its answer comes while there is time to read it back.

        Raises LeaseLost, NotRecorded.
        """
        try:
            self.lease.renew()
        except DatabaseError as error:
            raise NotRecorded from error
        return Limits(leave_by=self.lease.ends, answer_by=time.monotonic() + self.graph.left - self._needed)
