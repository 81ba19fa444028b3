"""What a figure may be at the most, or must be at the least."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """Held against the median. `words` is how the table shows it: "≤ 12", "≥ 1.7"."""

    limit: float
    is_most: bool

    def is_met_by(self, value: float) -> bool:
        return value <= self.limit if self.is_most else value >= self.limit

    @property
    def words(self) -> str:
        return f"{'≤' if self.is_most else '≥'} {self.limit:g}"


def at_most(limit: float) -> Budget:
    return Budget(limit, is_most=True)


def at_least(limit: float) -> Budget:
    return Budget(limit, is_most=False)
