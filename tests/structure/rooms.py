"""`python -m tests.structure.rooms`: the site's rooms and who imports whom, as the picture of docs/architecture.md.

A room is a package or module right below `portal`, or `accounts` as a whole. An arrow that others lead along already is
left out: what is above may import all that is below it along the arrows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import grimp

ROOTS = ("portal", "accounts")
# What starts or serves the site, or is only a name for Django.
LEFT_OUT = {"portal.wsgi", "portal.apps", "portal.formats", "portal.management"}
Rooms = Mapping[str, frozenset[str]]


def room_of(module: str) -> str:
    root, _, rest = module.partition(".")
    return root if root == "accounts" or not rest else f"{root}.{rest.partition('.')[0]}"


def find_rooms() -> Rooms:
    """Each room with the rooms that it imports."""
    graph = grimp.build_graph(*ROOTS, cache_dir=None)
    rooms: dict[str, set[str]] = {}
    for module in graph.modules:
        importer = room_of(module)
        imported = {room_of(name) for name in graph.find_modules_directly_imported_by(module)}
        rooms.setdefault(importer, set()).update(imported - {importer, "portal"})
    kept = {room: frozenset(imports - LEFT_OUT) for room, imports in rooms.items() if room not in {*LEFT_OUT, "portal"}}
    return dict(sorted(kept.items()))


def below(room: str, rooms: Rooms, visited: frozenset[str] = frozenset()) -> frozenset[str]:
    """Every room that this one reaches; a circle, which the contracts refuse, is walked once."""
    ahead = rooms[room] - visited
    return ahead.union(*(below(imported, rooms, visited | ahead) for imported in ahead))


def find_arrows(rooms: Rooms) -> Iterator[tuple[str, str]]:
    """The imports that do not follow from others."""
    for room, imports in rooms.items():
        farther = frozenset().union(*(below(imported, rooms) for imported in imports))
        yield from ((room, imported) for imported in sorted(imports - farther))


def draw(rooms: Rooms) -> Iterator[str]:
    yield "```mermaid"
    yield "flowchart TD"
    for room in rooms:
        yield f'  {key_of(room)}["{room.replace(".", "/")}"]'
    for importer, imported in find_arrows(rooms):
        yield f"  {key_of(importer)} --> {key_of(imported)}"
    yield "```"


def key_of(room: str) -> str:
    return room.replace(".", "_")


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in draw(find_rooms())))
