"""The one tenant: who is in it, and everything that changes while the simulator runs.

All of it is in memory. Whoever reads and then writes holds `TENANT.lock`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from m365_simulator import switches
from m365_simulator.directory.account_status import AccountStatus
from m365_simulator.directory.conditions import Conditions
from m365_simulator.directory.grants import Grants
from m365_simulator.directory.keys import KeyRing
from m365_simulator.directory.person import People, Person
from m365_simulator.directory.registration import Registration
from m365_simulator.faults import Faults, Pending
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.mailbox.outbox import Sent
from m365_simulator.requests_log import RequestsLog


class Mailboxes:
    """By their owner's object id. Made when first asked for: twenty thousand that nobody opens take no room."""

    def __init__(self) -> None:
        self._made: dict[str, Mailbox] = {}
        self._not_yet_made: dict[str, Callable[[], Mailbox]] = {}

    def __setitem__(self, oid: str, mailbox: Mailbox) -> None:
        self._made[oid] = mailbox

    def make_later(self, oid: str, make: Callable[[], Mailbox]) -> None:
        """`make` gives the same mailbox whenever it is called."""
        self._not_yet_made[oid] = make

    def get(self, oid: str) -> Mailbox | None:
        if oid in self._not_yet_made:
            self._made[oid] = self._not_yet_made.pop(oid)()
        return self._made.get(oid)

    def values(self) -> Iterator[Mailbox]:
        """All of them; those that nobody has asked for yet are made to be looked at, and not kept."""
        yield from list(self._made.values())
        for make in list(self._not_yet_made.values()):
            yield make()

    def clear(self) -> None:
        self._made.clear()
        self._not_yet_made.clear()


class Tenant:
    """What the simulator remembers. `reset()` brings the seeds back and forgets the rest."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.people = People()
        self.mailboxes = Mailboxes()
        self.outbox: list[Sent] = []
        self.requests = RequestsLog()
        self.faults = Faults()
        self.grants = Grants()
        self.keys = KeyRing()
        self.account_status = AccountStatus()
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
            for part in (self.requests, self.faults, self.grants, self.keys, self.account_status, self.conditions):
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
