"""The people of the tenant, and the tenants they belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

TENANT_ID = "5f0c7c5e-3a52-4a64-9a33-8a2f0f4a1c10"
OTHER_TENANT_ID = "a1d2c3b4-0e5f-4a6b-8c7d-9e0f1a2b3c4d"
DOMAIN = "example.ac.jp"


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


class People(dict[str, Person]):
    """By address in small letters; put a person in with `directory[person.address] = person`."""

    def __init__(self) -> None:
        super().__init__()
        self._by_oid: dict[str, Person] = {}

    def __setitem__(self, address: str, person: Person) -> None:
        super().__setitem__(address, person)
        self._by_oid[person.oid] = person

    def clear(self) -> None:
        super().clear()
        self._by_oid.clear()

    def with_oid(self, oid: str) -> Person | None:
        return self._by_oid.get(oid)

    def listed(self) -> list[Person]:
        """Those worth a line in a list: generated people are not."""
        return [person for person in self.values() if person.listed]
