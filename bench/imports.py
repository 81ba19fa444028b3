"""What the import of the site costs, by package and by module."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from bench import cores
from bench.figures import BenchSection, Figure
from bench.installed import PYTHON
from bench.plan import APPLICATION, BenchPlan
from bench.samples import Sample
from demo.stamps import ROOT

COSTLIEST = 10
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +([\w.]+)")
OURS = ("portal", "accounts")


def measure(plan: BenchPlan) -> BenchSection:
    reports = [import_once(plan) for _ in range(plan.rounds)]
    whole = Figure("all", PACKAGE, "ms", Sample(tuple(sum(own_times(each).values()) for each in reports)))
    packages = costliest(PACKAGE, [own_times(each) for each in reports])
    modules = costliest(MODULE, [own_times(each, str) for each in reports])
    return BenchSection("Import of the site", "of", (whole, *packages, *modules), (NOTE,))


PACKAGE, MODULE = "package", "module"


NOTE = (
    "`python -X importtime`, the time of each module without what it imports itself, and the same summed by package:"
    f" the {COSTLIEST} costliest of each. What a module does meanwhile is its own: `portal.wsgi` sets Django up."
    " The measuring itself costs about as much again for the smallest modules: shares are to be read, not sums."
)


def import_once(plan: BenchPlan) -> str:
    """What Python reports of one import, with warm byte code."""
    module = APPLICATION.partition(":")[0]
    command = cores.on_server_core([str(PYTHON), "-X", "importtime", "-c", f"import {module}"])
    done = subprocess.run(command, cwd=ROOT, env=plan.environment(8000), capture_output=True, text=True, check=True)
    return done.stderr


def own_times(report: str, name_of: Callable[[str], str] | None = None) -> dict[str, float]:
    """Milliseconds by package, or by what `name_of` makes of a module's name."""
    found: dict[str, float] = defaultdict(float)
    for microseconds, module in LINE.findall(report):
        found[(name_of or package_of)(module)] += int(microseconds) / 1000
    return dict(found)


def package_of(module: str) -> str:
    """Ours by their second name, others by their first: portal.graph, django."""
    names = module.split(".")
    return ".".join(names[:2]) if names[0] in OURS else names[0]


def costliest(column: str, runs: Sequence[dict[str, float]]) -> Iterator[Figure]:
    """By the median of the runs."""
    samples = {name: Sample(tuple(run.get(name, 0.0) for run in runs)) for name in runs[0]}
    for name in sorted(samples, key=lambda name: -samples[name].median)[:COSTLIEST]:
        yield Figure(name, column, "ms", samples[name])
