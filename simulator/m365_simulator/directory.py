"""The people of a tenant, found by address and by object id however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from m365_simulator.tenant import Person


class Directory(dict[str, "Person"]):
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
