"""The list of permanent ids (permanent_ids.toml): what the helpdesk's links may point to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LIST = Path(__file__).with_name("permanent_ids.toml")


@dataclass(frozen=True)
class PermanentIds:
    """`ids` in the order of the page; `moved` gives for an id that went the one that answers now."""

    ids: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    def list_former(self, current: str) -> tuple[str, ...]:
        """The ids that lead to `current` besides its own."""
        return tuple(old for old, new in self.moved.items() if new == current)


def read_permanent_ids(path: Path = LIST) -> dict[str, PermanentIds]:
    """The list by guide. Raises OSError, tomllib.TOMLDecodeError."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {slug: PermanentIds(ids=tuple(entry["ids"]), moved=entry.get("moved", {})) for slug, entry in table.items()}
