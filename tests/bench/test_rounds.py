from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bench.rounds import measure_rounds


def test_every_round_measures_each_once_and_begins_with_another() -> None:
    order: list[str] = []
    measure_rounds(["a", "b", "c"], 3, order.append)
    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]


@given(st.lists(st.integers(), min_size=1, max_size=6, unique=True), st.integers(1, 6))
def test_each_has_one_value_a_round_in_the_order_of_the_rounds(names: list[int], rounds: int) -> None:
    counts = {name: iter(range(rounds)) for name in names}
    found = measure_rounds(names, rounds, lambda name: next(counts[name]))
    assert found == {name: list(range(rounds)) for name in names}
