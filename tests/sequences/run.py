"""All the sequences of one run on one database: many people side by side, and those whose site is killed in groups."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sequences.killing import Killing
from tests.sequences.outcome import Outcome, outcome_of
from tests.sequences.plan import Sequence as Plan
from tests.sequences.sites import Servers, servers

SIDE_BY_SIDE = 40  # people; most of them wait, for Microsoft or for a doubt to pass
KILLED_TOGETHER = 5  # so few that all their requests are at Microsoft at one time


@dataclass(frozen=True)
class Run:
    """`seconds` is with the start of the servers; `leaks` are log lines of the sites that hold what none may hold."""

    database: str
    outcomes: tuple[Outcome, ...]
    seconds: float
    leaks: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.wrong]


def run(database: str, plans: Sequence[Plan], logs: Path) -> Run:
    began = time.monotonic()
    usual, killing = ([plan for plan in plans if plan.kills == kills] for kills in (False, True))
    people = max(plan.number for plan in plans) + 1
    with servers(database, people, logs, kills=bool(killing)) as there, people_at_once(SIDE_BY_SIDE) as pool:
        sites = [server.address for server in there.usual]
        waiting = [pool.submit(outcome_of, plan, there.simulator, sites) for plan in usual]
        killed = [found for group in groups(killing) for found in killed_together(group, there)]
        outcomes = [*(future.result() for future in waiting), *killed]
        leaks = tuple(there.find_leaks())
    outcomes.sort(key=lambda found: found.plan.number)
    return Run(database, tuple(outcomes), time.monotonic() - began, leaks)


@contextmanager
def people_at_once(number: int) -> Iterator[ThreadPoolExecutor]:
    """So many threads. When the run is broken off, nobody begins any more."""
    pool = ThreadPoolExecutor(number)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def groups(plans: Sequence[Plan]) -> Iterator[Sequence[Plan]]:
    for start in range(0, len(plans), KILLED_TOGETHER):
        yield plans[start : start + KILLED_TOGETHER]


def killed_together(plans: Sequence[Plan], there: Servers) -> list[Outcome]:
    """One kill for all of them, each in the midst of a change. From the main thread, which starts the site again."""
    killing = Killing(len(plans))
    sites = [server.address for server in there.killed]
    with people_at_once(len(plans)) as pool:
        futures: list[Future[Outcome]] = [
            pool.submit(outcome_of, plan, there.simulator, sites, killing) for plan in plans
        ]
        killing.carry_out(there.killed)
        return [future.result() for future in futures]


def processors() -> int:
    return len(os.sched_getaffinity(0))
