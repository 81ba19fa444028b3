"""The one tenant: who is in it, and everything that changes while the simulator runs.

All of it is in memory. Whoever reads and then writes holds `TENANT.lock`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from m365_simulator import switches
from m365_simulator.directory import Directory
from m365_simulator.entra.conditions import Conditions
from m365_simulator.entra.grants import Grants
from m365_simulator.entra.keys import KeyRing
from m365_simulator.entra.registration import Registration
from m365_simulator.entra.standing import Standing
from m365_simulator.faults import Faults
from m365_simulator.mailboxes import Mailboxes
from m365_simulator.pending import Pending
from m365_simulator.requests_log import RequestsLog

if TYPE_CHECKING:
    from m365_simulator.outbox import Sent

TENANT_ID = "5f0c7c5e-3a52-4a64-9a33-8a2f0f4a1c10"
OTHER_TENANT_ID = "a1d2c3b4-0e5f-4a6b-8c7d-9e0f1a2b3c4d"
DOMAIN = "example.ac.jp"
CLIENT_ID = "0b8f6f0e-7f6d-4b0c-8a55-2f9c6f1d7e31"
CLIENT_SECRET = "simulated-client-secret"  # nosec B105  # known to everyone, on purpose


@dataclass(frozen=True)
class Person:
    """An account. `good_for_…` says in one sentence what it lets one see.

    `home_tid` is another tenant's id for a guest, who is at home there; `roles` are the application's own.
    Who is not `listed` can be named, but the account picker does not show them.
    """

    address: str
    name: str
    good_for_ja: str
    good_for_en: str
    language: str = "ja"
    tid: str = TENANT_ID
    home_tid: str = ""
    licensed: bool = True
    staff: bool = False
    needs_mfa: bool = False
    needs_consent: bool = False
    roles: tuple[str, ...] = ()
    listed: bool = True

    @property
    def is_guest(self) -> bool:
        return self.home_tid not in ("", self.tid)

    @property
    def upn(self) -> str:
        """A guest's is made of their address: https://learn.microsoft.com/entra/external-id/user-properties"""
        return f"{self.address.replace('@', '_')}#EXT#@{DOMAIN}" if self.is_guest else self.address

    @cached_property
    def oid(self) -> str:
        """The object id: the same in every run, so that tokens and bookmarks survive a restart."""
        return str(uuid5(NAMESPACE_URL, f"mailto:{self.upn}"))

    def at_home(self) -> Person:
        """The account as its own tenant knows it."""
        return replace(self, tid=self.home_tid, home_tid="") if self.is_guest else self

    @property
    def given_name(self) -> str:
        """A Japanese name has its family name first."""
        first, _, last = self.name.partition(" ")
        return last if self.language == "ja" else first

    @property
    def family_name(self) -> str:
        first, _, last = self.name.partition(" ")
        return first if self.language == "ja" else last


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
