"""One process of the site: how long it takes to its first answer, and how much memory it holds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench import memory
from bench.budgets import at_most
from bench.figures import BenchSection, Figure
from bench.mailboxes import calm
from bench.person import Person
from bench.plan import BenchPlan
from bench.rounds import measure_rounds
from bench.samples import Sample
from bench.servers import KINDS, OURS, BenchServer

FIRST_MOST, MEMORY_MOST = at_most(1.2), at_most(90)  # seconds, MB
PAGES, QUICK_PAGES = 1000, 100
READERS = 4
PATHS = {
    "": ("/ja/", "/en/", "/ja/guides/thunderbird/", "/ja/accounts/sign-in/"),
    "rule.collector": ("/ja/", "/en/rules/", "/ja/rules/", "/ja/rules/new/", "/ja/history/", "/ja/accounts/sessions/"),
    "full.mailbox": ("/ja/", "/ja/quota/", "/en/quota/", "/ja/forwarding/"),
}


@dataclass(frozen=True)
class Life:
    """`first` is seconds from exec to the first page answered; memory is MB of the process that answers."""

    first: float
    at_start: float
    after_pages: float
    others: float


def measure(plan: BenchPlan) -> BenchSection:
    calm(plan)
    lives = measure_rounds(KINDS, plan.rounds, lambda kind: life(plan, kind))
    return BenchSection("One process of the site", "server", tuple(figures(lives)), (NOTE.format(pages=pages(plan)),))


NOTE = (
    "Until the first page is answered, from exec on. Memory is the resident set of the process that answers, at its"
    " start and after {pages} pages of all kinds for three people in both languages; `beside it` is the master process."
)


def pages(plan: BenchPlan) -> int:
    return QUICK_PAGES if plan.quick else PAGES


def life(plan: BenchPlan, kind: str) -> Life:
    began = time.monotonic()
    with plan.site(kind) as server:
        Person(server.address).open("/ja/")
        first, at_start = time.monotonic() - began, memory.resident(server.worker)
        read_pages(server, pages(plan))
        others = sum(memory.resident(pid) for pid in server.pids if pid != server.worker)
        return Life(first, at_start, memory.resident(server.worker), others)


def read_pages(server: BenchServer, count: int) -> None:
    """So many pages, a few at a time, in the same order for each server."""
    people = {name: Person(server.address, name) for name in PATHS}
    every = [(people[name], path) for name, paths in PATHS.items() for path in paths]
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda number: read(*every[number % len(every)]), range(count)))


def read(person: Person, path: str) -> None:
    person.open(path)


def figures(lives: Mapping[str, Sequence[Life]]) -> Iterator[Figure]:
    for kind, seen in lives.items():
        ours = kind == OURS
        yield Figure(kind, "first page", "s", Sample(tuple(it.first for it in seen)), FIRST_MOST if ours else None)
        yield Figure(kind, "memory at start", "MB", Sample(tuple(it.at_start for it in seen)))
        after = Sample(tuple(it.after_pages for it in seen))
        yield Figure(kind, "memory after pages", "MB", after, MEMORY_MOST if ours else None)
        yield Figure(kind, "beside it", "MB", Sample(tuple(it.others for it in seen)))
