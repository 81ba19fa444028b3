"""Sizes as people read them."""

from __future__ import annotations

import pytest
from django.utils.formats import number_format
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from portal.templatetags.words import UNITS, grouped, size

GIB = 2**30
bytes_ = st.integers(0, 2**50)


def read(said: str) -> tuple[str, str]:
    number, unit = said.split("\N{NO-BREAK SPACE}")
    return number, unit


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (922 * 2**20, "922 MB"), (GIB, "1.0 GB"), (GIB - 400_000, "1.0 GB")],
)
def test_a_size_has_one_decimal_from_gigabytes_on(count: int, said: str) -> None:
    with override("en"):
        assert size(count).replace("\N{NO-BREAK SPACE}", " ") == said


@given(bytes_)
@example(round(1023.6 * 2**20))
@example(round(1023.97 * GIB))
def test_every_size_has_the_decimals_of_its_unit_and_is_near_the_truth(count: int) -> None:
    with override("en"):
        number, unit = read(size(count))
    power = UNITS.index(unit)
    assert len(number.partition(".")[2]) == (1 if power >= 3 else 0)
    assert float(number) < 1024 or unit == UNITS[-1]
    assert abs(float(number) * 1024**power - count) <= 1024**power / (20 if power >= 3 else 2) * 1.001


@given(bytes_, bytes_)
def test_a_larger_size_never_reads_as_a_smaller_one(one: int, other: int) -> None:
    small, large = sorted((one, other))
    with override("en"):
        read_small, read_large = read(size(small)), read(size(large))
    assert rank(*read_small) <= rank(*read_large)


@pytest.mark.parametrize("language", ["ja", "en"])
@given(count=st.integers(-(2**60), 2**60))
def test_a_count_is_grouped_as_django_would(language: str, count: int) -> None:
    with override(language):
        assert grouped(count) == number_format(count, 0, use_l10n=True, force_grouping=True)


@pytest.mark.parametrize("language", ["ja", "en"])
@given(count=bytes_)
def test_the_number_of_a_size_is_written_as_django_would(language: str, count: int) -> None:
    with override(language):
        number, unit = read(size(count))
    power = UNITS.index(unit)
    places = 1 if power >= 3 else 0
    with override(language):
        assert number == number_format(round(count / 1024**power, places), places, use_l10n=True)


def rank(number: str, unit: str) -> tuple[int, float]:
    return UNITS.index(unit), float(number)
