from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.samples import Sample, exponent, percentile, ratio

TIMES = st.lists(st.floats(0.001, 1e6), min_size=1)


def test_a_sample_knows_its_middle_and_its_ends() -> None:
    sample = Sample((3.0, 1.0, 10.0))
    assert (sample.median, sample.low, sample.high) == (3.0, 1.0, 10.0)


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Sample(())


@given(TIMES)
def test_the_median_lies_between_the_ends(values: list[float]) -> None:
    sample = Sample(tuple(values))
    assert sample.low <= sample.median <= sample.high


def test_a_ratio_is_made_round_by_round() -> None:
    assert ratio([2.0, 40.0], [1.0, 10.0]).values == (2.0, 4.0)


def test_a_ratio_of_unequal_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratio([1.0, 2.0], [1.0])


@given(st.lists(st.floats(1, 1e3), min_size=1), st.floats(0.1, 10))
def test_a_slow_machine_leaves_a_ratio_as_it_is(values: list[float], slowness: float) -> None:
    slowed = [value * slowness for value in values]
    assert ratio(slowed, [slowness for _ in values]).values == pytest.approx(values)


def test_the_95th_percentile_of_twenty_is_the_nineteenth() -> None:
    assert percentile(range(1, 21), 0.95) == 19


@given(TIMES, st.floats(0.01, 1))
def test_so_many_values_do_not_exceed_their_percentile(values: list[float], share: float) -> None:
    limit = percentile(values, share)
    assert sum(value <= limit for value in values) >= math.floor(share * len(values))
    assert limit in values


@given(st.floats(0.2, 3), st.floats(0.01, 100))
def test_the_exponent_of_a_power_is_found_again(k: float, c: float) -> None:
    sizes = [10.0, 100.0, 1000.0]
    assert exponent(sizes, [c * size**k for size in sizes]) == pytest.approx(k)
