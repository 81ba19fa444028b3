"""What one sequence is: drawn from its number and the seed alone, so that it can be done again alone."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.sequences import faults
from tests.sequences.faults import Fault

CHANGES = {"make": 20, "edit": 24, "switch": 18, "delete": 12, "forward": 16, "stop": 10}
TABS = ("one tab", "two tabs of one session", "two sessions")
PAGES = ("rules", "forwarding", "history")
KILLS = 10  # percent of the sequences
LONG, SHORT = 4.5, 0.5  # seconds after a step; within the long one all has come that may come
LEASE_SECONDS = 6.0  # within which the lease of a process that was killed ends


@dataclass(frozen=True)
class Sending:
    """One form that a person sends. `pick` and `other` choose among what there is when it comes to it.

    `marker` is a word that no other sending has: what it does to the mailbox is known by it.
    """

    marker: str
    tab: int
    change: str
    old_page: bool
    same: bool
    pick: float
    other: float


@dataclass(frozen=True)
class Step:
    """`beside`: what the other tab sends at the same moment. `outlook`: what Outlook does between page and form."""

    sending: Sending
    beside: Sending | None
    fault: Fault | None
    outlook: str
    pause: float
    kills: bool


@dataclass(frozen=True)
class Sequence:
    """`rules`: which kinds of rules there are before; `closing`: the order in which the pages are read at last."""

    number: int
    tabs: str
    rules: tuple[str, ...]
    steps: tuple[Step, ...]
    closing: tuple[str, ...]

    @property
    def kills(self) -> bool:
        return any(step.kills for step in self.steps)


def drawn(seed: str, number: int) -> Sequence:
    dice = random.Random(f"{seed}/{number}")
    tabs = dice.choice(TABS)
    count = dice.randint(2, 5)
    killing = dice.randrange(count) if dice.randrange(100) < KILLS else None
    waiting = dice.choice((None, dice.randrange(count)))  # most people go on at once
    return Sequence(
        number=number,
        tabs=tabs,
        rules=rules(dice),
        steps=tuple(
            step(dice, number, place, tabs, kills=place == killing, waits=place == waiting) for place in range(count)
        ),
        closing=tuple(dice.sample(PAGES, len(PAGES))),
    )


def rules(dice: random.Random) -> tuple[str, ...]:
    """Some of Outlook's, and sometimes the site rule."""
    theirs = dice.choices(("plain", "rich", "off", "forwards"), (4, 4, 2, 2), k=dice.choice((0, 1, 1, 2, 2, 3)))
    return (*theirs, "site rule") if dice.random() < 0.35 else tuple(theirs)


def step(dice: random.Random, number: int, place: int, tabs: str, *, kills: bool, waits: bool) -> Step:
    mine = sending(dice, f"w{number}-{place + 1}a", dice.randrange(2) if tabs != TABS[0] else 0)
    # Two forms at once come from two sessions: one session keeps one list of messages.
    twice = tabs == TABS[2] and not kills and dice.random() < 0.25
    beside = sending(dice, f"w{number}-{place + 1}b", 1 - mine.tab) if twice else None
    return Step(
        sending=mine,
        beside=beside,
        fault=faults.killing(dice, mine.change) if kills else faults.draw(dice, mine.change),
        outlook=dice.choice(("", "", "", "", "edit", "make", "switch", "delete")),
        pause=(LEASE_SECONDS + 1 if kills else LONG) if waits else dice.choice((0.0, 0.0, 0.0, SHORT)),
        kills=kills,
    )


def sending(dice: random.Random, marker: str, tab: int) -> Sending:
    return Sending(
        marker=marker,
        tab=tab,
        change=dice.choices(tuple(CHANGES), tuple(CHANGES.values()))[0],
        old_page=dice.random() < 0.4,
        same=dice.random() < 0.5,
        pick=dice.random(),
        other=dice.random(),
    )
