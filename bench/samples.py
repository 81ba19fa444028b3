"""The values that several rounds gave for one thing: their middle, their spread, and what becomes of two of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression, median


@dataclass(frozen=True)
class Sample:
    """One value a round, in the order of the rounds. Never empty."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("a sample has at least one value")

    @property
    def median(self) -> float:
        return float(median(self.values))

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)


def ratio(above: Sequence[float], below: Sequence[float]) -> Sample:
    """Round by round: what both have in common in a round (a slow moment of the machine) falls out.

    Raises ValueError when they have not the same number of rounds.
    """
    return Sample(tuple(top / bottom for top, bottom in zip(above, below, strict=True)))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The k of time = c · size^k, by least squares over the logarithms; 1 grows in step with the size."""
    return linear_regression([math.log(size) for size in sizes], [math.log(time) for time in times]).slope
