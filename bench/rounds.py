"""Rounds: every candidate is measured once in each, so that a slow minute of the machine hits all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


def measure_rounds(names: Sequence[Name], rounds: int, measure: Callable[[Name], Value]) -> dict[Name, list[Value]]:
    """What `measure` gave for each name, one value a round. Each round begins with another name than the last."""
    found: dict[Name, list[Value]] = {name: [] for name in names}
    for number in range(rounds):
        start = number % len(names)
        for name in (*names[start:], *names[:start]):
            found[name].append(measure(name))
    return found
