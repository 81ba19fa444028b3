"""What is different between two shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from live.shape import Kinds, Shape

NOTHING: Kinds = frozenset()
NULL = frozenset({"null"})


@dataclass(frozen=True)
class Difference:
    what: str
    here: str
    there: str


def differences(here: Shape, there: Shape, free: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Below a path in `free` each mailbox has members of its own: only their kinds are compared."""
    yield from of_words("status", str(here.status), str(there.status))
    yield from of_words("error code", here.error, there.error)
    for name in sorted(here.headers ^ there.headers):
        yield Difference(f"header {name}", there_or_not(name in here.headers), there_or_not(name in there.headers))
    for name in sorted({*here.facts, *there.facts}):
        yield from of_words(name, here.facts.get(name, "not known"), there.facts.get(name, "not known"))
    if here.status == there.status:
        yield from of_members(here, there, free)


def of_words(what: str, here: str, there: str) -> Iterator[Difference]:
    if here != there:
        yield Difference(what, here or "none", there or "none")


def of_members(here: Shape, there: Shape, free: tuple[str, ...]) -> Iterator[Difference]:
    for path in sorted({*here.members, *there.members}):
        ours, theirs = here.members.get(path, NOTHING), there.members.get(path, NOTHING)
        if ours and theirs:
            yield from of_kinds(path, ours, theirs)
        elif not path.endswith("[]") and not path.startswith(free) and comparable(path, here, there):
            yield Difference(path, shown(ours), shown(theirs))


def of_kinds(path: str, ours: Kinds, theirs: Kinds) -> Iterator[Difference]:
    """A null says nothing about the kind."""
    if ours - NULL and theirs - NULL and ours - NULL != theirs - NULL:
        yield Difference(path, shown(ours), shown(theirs))


def comparable(path: str, here: Shape, there: Shape) -> bool:
    """Both have what holds this member: rows in the list, an object that is not null."""
    holder, _, _ = path.rpartition("/")
    return not holder or (holder in here.members and holder in there.members and not is_null(holder, here, there))


def is_null(path: str, here: Shape, there: Shape) -> bool:
    return NULL in (here.members[path], there.members[path])


def there_or_not(present: bool) -> str:
    return "there" if present else "absent"


def shown(kinds: Kinds) -> str:
    return " or ".join(sorted(kinds)) or "absent"
