"""The result as it is printed: Markdown tables, which docs/performance.md takes over as they are.

A cell is the median of the rounds, with the lowest and the highest behind it. A missed budget is bold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.budgets import Budget
from bench.figures import BenchSection, Figure


def table(section: BenchSection) -> str:
    """The section's heading, its rows, and its notes."""
    rows = unique(figure.of for figure in section.figures)
    columns = unique(figure.name for figure in section.figures)
    cells = {(figure.of, figure.name): figure for figure in section.figures}
    shared = {column: shared_budget(section, column) for column in columns}
    lines = [
        line(section.things, *(head(section, column, shared[column]) for column in columns)),
        line("---", *("---:" for _ in columns)),
        *(line(row, *(cell(cells.get((row, column)), shared[column]) for column in columns)) for row in rows),
    ]
    return "\n".join((f"### {section.title}", "", *lines, *(f"\n{note}" for note in section.notes), ""))


def unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def shared_budget(section: BenchSection, column: str) -> Budget | None:
    """The budget that every figure of the column that has one is held against; None when they differ."""
    budgets = {figure.budget for figure in section.figures if figure.name == column and figure.budget}
    return budgets.pop() if len(budgets) == 1 else None


def head(section: BenchSection, column: str, budget: Budget | None) -> str:
    unit = next(figure.unit for figure in section.figures if figure.name == column)
    words = f"{column}, {unit}" if unit else column
    return f"{words} ({budget.words})" if budget else words


def cell(figure: Figure | None, shared: Budget | None) -> str:
    if figure is None:
        return ""
    sample = figure.sample
    median = f"**{number(sample.median)}**" if figure.missed else number(sample.median)
    own_budget = f" {figure.budget.words}" if figure.budget and shared is None else ""
    spread = f" ({number(sample.low)}–{number(sample.high)})" if len(sample.values) > 1 else ""
    return median + own_budget + spread


def number(value: float) -> str:
    """Three digits that count, whole numbers from 100 on: 0.412, 7.25, 31.0, 8144."""
    if value == 0 or abs(value) >= 100 or float(value).is_integer():
        return f"{value:.0f}"
    places = 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{places}f}"


def missed(sections: Iterable[BenchSection]) -> Iterator[str]:
    """One sentence for each budget that was missed."""
    for section in sections:
        for figure in section.figures:
            if figure.missed and figure.budget:
                found = f"{number(figure.sample.median)} {figure.unit}".strip()
                yield f"Missed: {section.title}, {figure.of}, {figure.name}: {found}, budget {figure.budget.words}."
