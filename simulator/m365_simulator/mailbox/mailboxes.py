"""The mailboxes of a tenant, by their owner's object id. Some are made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from m365_simulator.mailbox.mailbox import Mailbox


class Mailboxes:
    """Twenty thousand mailboxes that nobody opens take no room."""

    def __init__(self) -> None:
        self._made: dict[str, Mailbox] = {}
        self._ahead: dict[str, Callable[[], Mailbox]] = {}

    def __setitem__(self, oid: str, mailbox: Mailbox) -> None:
        self._made[oid] = mailbox

    def later(self, oid: str, make: Callable[[], Mailbox]) -> None:
        """`make` gives the same mailbox whenever it is called."""
        self._ahead[oid] = make

    def get(self, oid: str) -> Mailbox | None:
        if oid in self._ahead:
            self._made[oid] = self._ahead.pop(oid)()
        return self._made.get(oid)

    def values(self) -> Iterator[Mailbox]:
        """All of them; those that nobody has asked for yet are made to be looked at, and not kept."""
        yield from list(self._made.values())
        for make in list(self._ahead.values()):
            yield make()

    def clear(self) -> None:
        self._made.clear()
        self._ahead.clear()
