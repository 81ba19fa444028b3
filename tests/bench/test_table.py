from __future__ import annotations

import pytest

from bench.budgets import at_least, at_most
from bench.figures import BenchSection, Figure, counted
from bench.samples import Sample
from bench.table import missed, number, table

TWO_PAGES = BenchSection(
    "Pages",
    "page",
    (
        counted("home", "round trips", "", 1, at_most(1)),
        Figure("home", "own time", "ms", Sample((5.0, 7.25, 9.0)), at_most(12)),
        counted("storage", "round trips", "", 3, at_most(2)),
        Figure("storage", "own time", "ms", Sample((20.0, 21.0, 22.0)), at_most(12)),
    ),
    ("Own time is ours.",),
)


def test_things_are_rows_and_what_was_measured_of_them_are_columns() -> None:
    assert table(TWO_PAGES).splitlines() == [
        "### Pages",
        "",
        "| page | round trips | own time, ms (≤ 12) |",
        "| --- | ---: | ---: |",
        "| home | 1 ≤ 1 | 7.25 (5–9) |",
        "| storage | **3** ≤ 2 | **21** (20–22) |",
        "",
        "Own time is ours.",
    ]


def test_a_thing_of_which_something_was_not_measured_has_an_empty_cell() -> None:
    section = BenchSection("Servers", "server", (counted("a", "memory", "MB", 80), counted("b", "start", "s", 1)))
    assert table(section).splitlines()[4:6] == ["| a | 80 |  |", "| b |  | 1 |"]


def test_each_missed_budget_has_a_sentence() -> None:
    assert list(missed([TWO_PAGES])) == [
        "Missed: Pages, storage, round trips: 3, budget ≤ 2.",
        "Missed: Pages, storage, own time: 21 ms, budget ≤ 12.",
    ]


def test_a_budget_for_the_least_is_missed_from_below() -> None:
    section = BenchSection("Guides", "server", (counted("granian", "br : bare view", "×", 1.2, at_least(1.7)),))
    assert list(missed([section])) == ["Missed: Guides, granian, br : bare view: 1.20 ×, budget ≥ 1.7."]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (0.4123, "0.412"), (7.254, "7.25"), (31.04, "31.0"), (8144.4, "8144"), (20.0, "20"), (-1.5, "-1.50")],
)
def test_a_number_shows_three_digits_that_count(value: float, shown: str) -> None:
    assert number(value) == shown
