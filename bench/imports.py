"""What the import of the site costs, by package."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bench import cores
from bench.figures import Figure, Section
from bench.installed import PYTHON
from bench.plan import APPLICATION, Plan
from bench.samples import Sample
from demo.stamps import ROOT

COSTLIEST = 10
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +([\w.]+)")
OURS = ("portal", "accounts")


def measured(plan: Plan) -> Section:
    runs = [own_times(import_once(plan)) for _ in range(plan.rounds)]
    return Section("Import of the site", "package", tuple(figures(runs)), (NOTE,))


NOTE = (
    "`python -X importtime`, the time of each module without what it imports itself, summed by package. The measuring"
    " itself costs about as much again for the smallest modules: shares are to be read, not sums."
)


def import_once(plan: Plan) -> str:
    """What Python told of one import, with warm byte code."""
    module = APPLICATION.partition(":")[0]
    command = cores.on_server_core([str(PYTHON), "-X", "importtime", "-c", f"import {module}"])
    done = subprocess.run(command, cwd=ROOT, env=plan.environment(8000), capture_output=True, text=True, check=True)
    return done.stderr


def own_times(told: str) -> dict[str, float]:
    """Milliseconds by package."""
    found: dict[str, float] = defaultdict(float)
    for microseconds, module in LINE.findall(told):
        found[package_of(module)] += int(microseconds) / 1000
    return dict(found)


def package_of(module: str) -> str:
    """Ours by their second name, others by their first: portal.graph, django."""
    names = module.split(".")
    return ".".join(names[:2]) if names[0] in OURS else names[0]


def figures(runs: Sequence[dict[str, float]]) -> Iterator[Figure]:
    """The costliest packages, and all together."""
    whole = [sum(run.values()) for run in runs]
    yield Figure("all", "own time", "ms", Sample(tuple(whole)))
    by_cost = sorted(runs[0], key=lambda name: -Sample(tuple(run.get(name, 0.0) for run in runs)).median)
    for name in by_cost[:COSTLIEST]:
        yield Figure(name, "own time", "ms", Sample(tuple(run.get(name, 0.0) for run in runs)))
