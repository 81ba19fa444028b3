"""One cell of the result: what was measured of what, its values, and the budget it is held against, if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench.budgets import Budget
from bench.samples import Sample


@dataclass(frozen=True)
class Figure:
    """`of` is the thing that was measured, the row; `name` is what was measured of it, the column.

    `unit` is "ms", "s", "µs", "MB", "KB", "×" (a ratio) or "" (a count); a KB is 1,000 bytes, an MB 1,000,000.
    """

    of: str
    name: str
    unit: str
    sample: Sample
    budget: Budget | None = None

    @property
    def missed(self) -> bool:
        return self.budget is not None and not self.budget.is_met_by(self.sample.median)

    def as_json(self) -> dict[str, Any]:
        budget = {"budget": self.budget.words, "met": not self.missed} if self.budget else {}
        return {
            "of": self.of,
            "name": self.name,
            "unit": self.unit,
            "median": self.sample.median,
            "values": list(self.sample.values),
            **budget,
        }


def counted(of: str, name: str, unit: str, value: float, budget: Budget | None = None) -> Figure:
    """What is the same in every round: a number of requests, a size."""
    return Figure(of, name, unit, Sample((value,)), budget)


@dataclass(frozen=True)
class BenchSection:
    """The figures of one kind; `things` is what its rows are. `notes` are sentences that stand below its table."""

    title: str
    things: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "figures": [figure.as_json() for figure in self.figures],
            "notes": list(self.notes),
        }
