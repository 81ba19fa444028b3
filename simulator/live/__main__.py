"""`python -m live`: asks a real tenant and the simulator the same, and prints a table of what is different.

It reads only, unless LIVE_WRITE=1. Settings: see settings.py. The exit status is 1 when something differs.
"""

from __future__ import annotations

import sys

import requests

from live import reads, settings, writes
from live.compare import Difference, differences
from live.question import BY_HAND, POINTS, NotTried, Question
from live.shape import Shape
from live.side import Side
from live.table import Outcome, print_heading, print_points, print_row, print_sum
from m365_simulator.testing import running_simulator


def main() -> int:
    try:
        there = settings.tenant()
    except (settings.NoToken, requests.RequestException) as problem:
        print(problem, file=sys.stderr)
        return 2
    questions = reads.QUESTIONS + (writes.QUESTIONS if settings.writes() else ())
    print_heading()
    with running_simulator() as address:
        here = settings.simulated(address)
        outcomes = [asked(question, here, there) for question in questions]
    print_points(POINTS, BY_HAND, outcomes)
    return print_sum(outcomes)


def asked(question: Question, here: Side, there: Side) -> Outcome:
    outcome = compared(question, here, there)
    left = [f"left behind: {path}" for side in (here, there) for path in side.clean_up()]
    outcome.found.extend(Difference(words, "", "") for words in left)
    print_row(outcome)
    return outcome


def compared(question: Question, here: Side, there: Side) -> Outcome:
    """An answer that could not be had at all is a difference too."""
    try:
        ours, theirs = answered(question, here), answered(question, there)
    except NotTried as reason:
        return Outcome(question.point, question.name, [], str(reason))
    return Outcome(question.point, question.name, list(differences(ours, theirs, question.free)))


def answered(question: Question, side: Side) -> Shape:
    """Raises NotTried. What came before the question itself may fail: that is a fact then."""
    try:
        return question.ask(side)
    except (requests.RequestException, LookupError, ValueError) as problem:
        return Shape(0, facts={"could not be asked": f"{type(problem).__name__}: {problem}"})


if __name__ == "__main__":
    sys.exit(main())
