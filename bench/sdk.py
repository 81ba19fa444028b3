"""The reads of the rules page by Microsoft's own library, beside ours: the same view around both, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench import memory
from bench.figures import BenchSection, Figure
from bench.mailboxes import calm, token
from bench.person import Person
from bench.plan import BenchPlan
from bench.rounds import measure_rounds
from bench.samples import Sample, ratio
from bench.servers import OURS, serve
from tests.front_door import DOMAIN

OWN, THEIRS = "portal.graph", "msgraph-sdk"
READERS = {OWN: "bench.apps.by_us", THEIRS: "bench.apps.by_sdk"}
WHO = f"rule.collector@{DOMAIN}"
LATER = 20


@dataclass(frozen=True)
class LibraryTimes:
    """First answer in seconds from exec; later ones in ms, whole and of processor time; memory in MB after them."""

    first: float
    later: float
    processor: float
    memory: float


def measure(plan: BenchPlan) -> BenchSection:
    calm(plan)
    seen = measure_rounds(list(READERS), plan.rounds, lambda name: one(plan, READERS[name]))
    return BenchSection("Microsoft's library", "reads by", tuple(figures(seen)), (NOTE,))


NOTE = (
    "The inbox rules (14) and all folders of one mailbox, in a Django view without middleware."
    " portal.graph asks for the folders' roles besides."
)


def one(plan: BenchPlan, module: str) -> LibraryTimes:
    environment = plan.plain | {"READS": module, "GRAPH": f"{plan.simulator}/graph/v1.0", "TOKEN": token(plan, WHO)}
    began = time.monotonic()
    with serve(OURS, "bench.apps.reading:application", environment) as server:
        reader = Person(server.address)
        reader.open("/")
        first, before = time.monotonic() - began, server.processor_seconds
        later = Sample(tuple(milliseconds(reader) for _ in range(LATER))).median
        processor = (server.processor_seconds - before) / LATER * 1000
        return LibraryTimes(first, later, processor, memory.resident(server.worker))


def milliseconds(reader: Person) -> float:
    began = time.perf_counter()
    reader.open("/")
    return (time.perf_counter() - began) * 1000


def figures(seen: Mapping[str, Sequence[LibraryTimes]]) -> Iterator[Figure]:
    for name, unit, of in COLUMNS:
        values = {reader: [of(each) for each in rounds] for reader, rounds in seen.items()}
        for reader, found in values.items():
            yield Figure(reader, name, unit, Sample(tuple(found)))
        yield Figure(f"{THEIRS} : {OWN}", name, unit, ratio(values[THEIRS], values[OWN]))


COLUMNS: tuple[tuple[str, str, Callable[[LibraryTimes], float]], ...] = (
    ("first answer", "s", lambda each: each.first),
    ("later answers", "ms", lambda each: each.later),
    ("processor time", "ms", lambda each: each.processor),
    ("memory", "MB", lambda each: each.memory),
)
