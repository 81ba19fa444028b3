"""Ten times as many guides: what building them, starting with them, and serving one of them costs then."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import cores, load, memory
from bench.figures import BenchSection, Figure, counted
from bench.guides import CONNECTIONS, PAGE
from bench.installed import PYTHON
from bench.person import Person
from bench.plan import BenchPlan
from bench.rounds import measure_rounds
from bench.samples import Sample, exponent, ratio
from demo.stamps import ROOT

TIMES = (1, 10)
PARTS = ("accounts", "locale", "portal", "static", "templates", "manage.py", "build/static")
HEAD = re.compile(r"^\[([a-z-]+)\]$", re.MULTILINE)
INDEX = "index"


@dataclass(frozen=True)
class StartAndServe:
    """Starting in seconds, serving in µs of processor time a page, memory in MB at the start."""

    first: float
    memory: float
    serve: float


def measure(plan: BenchPlan) -> BenchSection:
    trees = {times: tree(plan.folder / f"guides-{times}", times) for times in TIMES}
    built = {times: build(plan, folder) for times, folder in trees.items()}
    seen = measure_rounds(TIMES, plan.rounds, lambda times: one(plan, trees[times]))
    return BenchSection("Many guides", "guides", tuple(figures(built, seen)), (NOTE,))


NOTE = (
    "The checkout, and a copy of it with each guide ten times under other names. They are built once. `k` is as under"
    " Growth: 0 is for what does not depend on how many there are."
)


def tree(folder: Path, times: int) -> Path:
    """The site, with each guide but the index so many times."""
    for part in PARTS:
        source, there = ROOT / part, folder / part
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, there) if source.is_dir() else shutil.copyfile(source, there)
    guides = folder / "portal" / "guides"
    listed = (ROOT / "portal" / "guides" / "permanent_ids.toml").read_text(encoding="utf-8")
    for number in range(2, times + 1):
        for path in (ROOT / "portal" / "guides" / "content").glob("*.md"):
            slug, _, rest = path.name.partition(".")
            if slug != INDEX:
                shutil.copyfile(path, guides / "content" / f"{slug}-{number}.{rest}")
    copies = "".join(repeated(listed, number) for number in range(2, times + 1))
    (guides / "permanent_ids.toml").write_text(listed + copies, encoding="utf-8")
    return folder


def repeated(listed: str, number: int) -> str:
    """The entries of permanent_ids.toml for the copies of this number."""
    heads = list(HEAD.finditer(listed))
    ends = [head.start() for head in heads[1:]] + [len(listed)]
    originals = [(it[1], listed[it.end() : end]) for it, end in zip(heads, ends, strict=True) if it[1] != INDEX]
    return "".join(f"\n[{slug}-{number}]{text}" for slug, text in originals)


def build(plan: BenchPlan, folder: Path) -> float:
    """Seconds that it takes to write all guides, compressed forms included."""
    command = cores.on_server_core([str(PYTHON), "manage.py", "render_guides"])
    began = time.monotonic()
    subprocess.run(command, cwd=folder, env=plan.environment(8000), stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def one(plan: BenchPlan, folder: Path) -> StartAndServe:
    began = time.monotonic()
    with plan.site(folder=folder) as server:
        Person(server.address).open(PAGE)
        first, at_start = time.monotonic() - began, memory.resident(server.worker)
        served = load.put_on(server, PAGE, {"Accept-Encoding": "br"}, connections=CONNECTIONS)
    return StartAndServe(first, at_start, served.processor_us)


def figures(built: Mapping[int, float], seen: Mapping[int, Sequence[StartAndServe]]) -> Iterator[Figure]:
    few, many = TIMES
    for times in TIMES:
        yield counted(f"× {times}", "build", "s", built[times])
    yield counted(RATIO, "build", "s", built[many] / built[few])
    yield counted(GROWTH, "build", "s", exponent((few, many), (built[few], built[many])))
    for name, unit, of in COLUMNS:
        values = {times: [of(each) for each in seen[times]] for times in TIMES}
        for times in TIMES:
            yield Figure(f"× {times}", name, unit, Sample(tuple(values[times])))
        ratios = ratio(values[many], values[few])
        yield Figure(RATIO, name, unit, ratios)
        yield counted(GROWTH, name, unit, exponent((few, many), (1, ratios.median)))


RATIO, GROWTH = "ten times : once", "k"
COLUMNS: tuple[tuple[str, str, Callable[[StartAndServe], float]], ...] = (
    ("first page", "s", lambda each: each.first),
    ("memory at start", "MB", lambda each: each.memory),
    ("a page", "µs", lambda each: each.serve),
)
