"""The one tenant: who is in it, and everything that changes while the simulator runs.

All of it is in memory. Whoever reads and then writes holds `TENANT.lock`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from m365_simulator import switches
from m365_simulator.directory.conditions import Conditions
from m365_simulator.directory.grants import Grants
from m365_simulator.directory.keys import KeyRing
from m365_simulator.directory.person import Directory, Person
from m365_simulator.directory.registration import Registration
from m365_simulator.directory.standing import Standing
from m365_simulator.faults import Faults
from m365_simulator.mailbox.mailboxes import Mailboxes
from m365_simulator.mailbox.outbox import Sent
from m365_simulator.pending import Pending
from m365_simulator.requests_log import RequestsLog


class Tenant:
    """What the simulator remembers. `reset()` brings the seeds back and forgets the rest."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.people = Directory()
        self.mailboxes = Mailboxes()
        self.outbox: list[Sent] = []
        self.requests = RequestsLog()
        self.faults = Faults()
        self.grants = Grants()
        self.keys = KeyRing()
        self.standing = Standing()
        self.conditions = Conditions()
        self.registration = Registration()
        self.pending = Pending()
        self.seed: Callable[[Tenant], None] = lambda _: None

    def reset(self) -> None:
        """Also ends every sign-in; access tokens stay good, since people keep their object ids."""
        self.pending.clear()
        with self.lock:
            for kept in (self.people, self.mailboxes, self.outbox):
                kept.clear()
            for part in (self.requests, self.faults, self.grants, self.keys, self.standing, self.conditions):
                part.clear()
            self.registration = Registration()
            switches.reset()
            self.seed(self)

    def person(self, address: str) -> Person | None:
        """By address, in any case, with or without spaces around it."""
        return self.people.get(address.strip().lower())

    def person_by_oid(self, oid: str) -> Person | None:
        return self.people.with_oid(oid)


TENANT = Tenant()
