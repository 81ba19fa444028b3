"""A row as it stands in an answer: what was selected of it, and what was expanded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from m365_simulator.graph.odata.options import Options
from m365_simulator.graph.odata.row import ABSENT, Row
from m365_simulator.graph.vocabulary import EXTENDED, Entity


class WritableRow(Row, Protocol):
    """`annotations` always come; `undeclared` members, when nothing was selected.

    `expanded` gives another navigation property, None where nothing is to be shown.
    """

    @property
    def entity(self) -> Entity: ...
    def annotations(self) -> dict[str, Any]: ...
    def undeclared(self) -> dict[str, Any]: ...
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


def write_row(row: WritableRow, asked: Options) -> dict[str, Any]:
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
