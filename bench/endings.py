"""How the servers end: asked to, with pages under way, and when their master process is killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from bench.figures import BenchSection, Figure, counted
from bench.mailboxes import calm
from bench.pages import BATCH
from bench.person import Person
from bench.plan import BenchPlan
from bench.servers import KINDS, PATIENCE

UNDER_WAY = 4
SLOW = 1000  # milliseconds that Microsoft takes for each page under way
A_MOMENT = 0.4  # seconds until all of them have reached Microsoft
LINGERING = 2.0  # seconds after which an orphan is one


@dataclass(frozen=True)
class Ending:
    """`lost`: pages under way that got no answer at SIGTERM; `left`: processes that outlive a killed master."""

    lost: int
    seconds: float
    left: int


def measure(plan: BenchPlan) -> BenchSection:
    simulator = calm(plan)
    simulator.fault(BATCH, delay_ms=SLOW)
    try:
        endings = {kind: Ending(*at_sigterm(plan, kind), orphans(plan, kind)) for kind in KINDS}
    finally:
        simulator.heal()
    return BenchSection("The end of a server", "server", tuple(figures(endings)), (NOTE,))


NOTE = f"SIGTERM to the master with {UNDER_WAY} pages under way, for each of which Microsoft takes {SLOW} ms."


def at_sigterm(plan: BenchPlan, kind: str) -> tuple[int, float]:
    """How many pages under way were lost, and the seconds until the server had ended."""
    with plan.site(kind) as server, ThreadPoolExecutor(UNDER_WAY) as readers:
        person = Person(server.address, "rule.collector")
        pages = [readers.submit(person.open, "/ja/rules/") for _ in range(UNDER_WAY)]
        time.sleep(A_MOMENT)
        began = time.monotonic()
        os.kill(server.running.process.pid, signal.SIGTERM)
        server.running.process.wait(PATIENCE)
        return sum(is_lost(page) for page in pages), time.monotonic() - began


def is_lost(page: Future[requests.Response]) -> bool:
    try:
        return page.result(PATIENCE).status_code != 200
    except requests.RequestException:
        return True


def orphans(plan: BenchPlan, kind: str) -> int:
    """Processes that go on after their master was killed; they are ended here."""
    with plan.site(kind) as server:
        master, *others = server.pids
        os.kill(master, signal.SIGKILL)
        time.sleep(LINGERING)
        left = [pid for pid in others if is_alive(pid)]
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(left)


def is_alive(pid: int) -> bool:
    """One that has ended and is not yet cleared away (state Z) is not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def figures(endings: dict[str, Ending]) -> Iterator[Figure]:
    for kind, ending in endings.items():
        yield counted(kind, "pages lost at SIGTERM", "", ending.lost)
        yield counted(kind, "ended after", "s", ending.seconds)
        yield counted(kind, "processes left by a killed master", "", ending.left)
