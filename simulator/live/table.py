"""What is printed: a row per difference, then a line per point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from live.compare import Difference

COLUMNS = "{:>3}  {:<38}{:<46}{:<34}{}"


@dataclass
class Outcome:
    """Of one question: what differs, or why it was not tried."""

    point: int
    name: str
    found: list[Difference]
    not_tried: str = ""


def print_heading() -> None:
    print(COLUMNS.format("", "call", "what", "simulator", "tenant"))


def print_row(outcome: Outcome) -> None:
    point = str(outcome.point or "")
    if outcome.not_tried:
        print(COLUMNS.format(point, outcome.name, "not tried", "", outcome.not_tried), flush=True)
    for found in outcome.found:
        print(COLUMNS.format(point, outcome.name, found.what, found.here, found.there), flush=True)


def print_points(points: Mapping[int, str], by_hand: Mapping[int, str], outcomes: list[Outcome]) -> None:
    print("\nWhat is not documented:")
    for number, words in points.items():
        about = [outcome for outcome in outcomes if outcome.point == number]
        print(f"{number:>3}  {verdict(about, by_hand.get(number, '')):<12}{words}")
        if number in by_hand:
            print(f"{'':17}{by_hand[number]}")


def verdict(about: list[Outcome], by_hand: str) -> str:
    if by_hand:
        return "by hand"
    if any(outcome.found for outcome in about):
        return "differs"
    tried = [outcome for outcome in about if not outcome.not_tried]
    return "the same" if tried else "not tried"


def print_sum(outcomes: list[Outcome]) -> int:
    """The exit status."""
    tried = [outcome for outcome in outcomes if not outcome.not_tried]
    found = sum(len(outcome.found) for outcome in tried)
    print(f"\n{len(tried)} calls compared, {len(outcomes) - len(tried)} not tried, {found} differences", flush=True)
    return 1 if found else 0
