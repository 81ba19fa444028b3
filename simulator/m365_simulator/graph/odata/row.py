"""Something with properties, read one by one, so that nobody works out what nobody asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from m365_simulator.graph.vocabulary import EXTENDED, Entity

if TYPE_CHECKING:
    from m365_simulator.graph.odata.options import Options


# the value of a property that the row does not have, which is not the same as null
ABSENT: Any = object()


class Row(Protocol):
    """`value` gives a property as Graph writes it, or ABSENT; every row has an "id".

    `annotations` always come; `undeclared` members, when nothing was selected. `extended` gives
    those of the extended properties asked for that there are. `expanded` gives another navigation
    property, None where nothing is to be shown.
    """

    @property
    def entity(self) -> Entity: ...
    def value(self, name: str) -> Any: ...
    def annotations(self) -> dict[str, Any]: ...
    def undeclared(self) -> dict[str, Any]: ...
    def extended(self, ids: Sequence[str]) -> list[dict[str, str]]: ...
    def expanded(self, name: str, asked: Options) -> Any: ...


class Bare:
    """A row with properties and nothing else."""

    def annotations(self) -> dict[str, Any]:
        return {}

    def undeclared(self) -> dict[str, Any]:
        return {}

    def extended(self, ids: Sequence[str]) -> list[dict[str, str]]:
        return []

    def expanded(self, name: str, asked: Options) -> Any:
        return None


@dataclass(frozen=True)
class Plain(Bare):
    """A row that is already written."""

    entity: Entity
    members: Mapping[str, Any]

    def value(self, name: str) -> Any:
        return self.members.get(name)


def written(row: Row, asked: Options) -> dict[str, Any]:
    """The row with what was selected (and the id) or the usual properties, and what was expanded."""
    wanted = row.entity.usual if asked.select is None else asked.select
    names = [name for name in row.entity.properties if name in wanted and name != "id"]
    values = {name: row.value(name) for name in ("id", *names)}
    made = row.annotations() | {name: value for name, value in values.items() if value is not ABSENT}
    made |= row.undeclared() if asked.select is None else {}
    for name, inner in asked.expand.items():
        found = (row.extended(inner.property_ids) or None) if name == EXTENDED else row.expanded(name, inner)
        if found is not None:
            made[name] = found
    return made
