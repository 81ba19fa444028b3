from __future__ import annotations

from bench.budgets import at_least, at_most
from bench.figures import Figure, counted
from bench.samples import Sample


def test_a_limit_itself_is_still_within_the_budget() -> None:
    assert at_most(12).is_met_by(12)
    assert at_least(1.7).is_met_by(1.7)


def test_beyond_the_limit_a_budget_is_missed() -> None:
    assert not at_most(12).is_met_by(12.01)
    assert not at_least(1.7).is_met_by(1.69)


def test_a_budget_says_itself_as_the_table_shows_it() -> None:
    assert (at_most(12).words, at_least(1.7).words) == ("≤ 12", "≥ 1.7")


def test_the_median_decides_and_not_the_worst_round() -> None:
    assert not Figure("home", "own time", "ms", Sample((8.0, 9.0, 30.0)), at_most(12)).missed
    assert Figure("home", "own time", "ms", Sample((8.0, 13.0, 30.0)), at_most(12)).missed


def test_a_figure_without_a_budget_misses_none() -> None:
    assert not counted("home", "SQL", "", 1000).missed


def test_the_figures_that_are_kept_hold_every_round_and_the_verdict() -> None:
    kept = Figure("home", "own time", "ms", Sample((8.0, 13.0, 30.0)), at_most(12)).as_json()
    assert kept == {
        "of": "home",
        "name": "own time",
        "unit": "ms",
        "median": 13.0,
        "values": [8.0, 13.0, 30.0],
        "budget": "≤ 12",
        "met": False,
    }
