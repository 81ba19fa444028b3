"""Lighthouse's scores: a phone of the middle range on a slow line, as it simulates it.

https://github.com/GoogleChrome/lighthouse/blob/main/docs/scoring.md
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from bench import cores
from bench.budgets import Budget, at_least
from bench.cold import NAMES, browser_path
from bench.figures import BenchSection, Figure
from bench.installed import LIGHTHOUSE, node
from bench.mailboxes import calm
from bench.pages import PAGES
from bench.person import Person
from bench.plan import BenchPlan
from bench.samples import Sample

FULL, FAST = at_least(100), at_least(98)
CATEGORIES = {"performance": FAST, "accessibility": FULL, "best-practices": FULL, "seo": FULL}
PUBLIC = ("", "accounts/sign-in/", "guides/", "guides/thunderbird/")
CHROME = "--headless=new --no-sandbox --disable-dev-shm-usage"
MOST_RUNS = 5
TRIES, TRACE_LOST = 3, "NO_NAVSTART"


class NoReport(Exception):
    """Lighthouse gave none."""


@dataclass(frozen=True)
class Target:
    """A page as one person sees it. Search engines see the public pages only: elsewhere "seo" is left out."""

    name: str
    path: str
    person: Person
    public: bool

    @property
    def categories(self) -> dict[str, Budget]:
        return {name: least for name, least in CATEGORIES.items() if self.public or name != "seo"}


def measure(plan: BenchPlan) -> BenchSection:
    calm(plan)
    with plan.site() as server:
        found = [figure for target in targets(plan, server.address) for figure in figures(target)]
    return BenchSection("Lighthouse", "page", tuple(found), (NOTE,))


NOTE = (
    "One run a page. Performance is timed, so a page that misses its budget once is run again, up to"
    f" {MOST_RUNS} times, and the median counts."
)


def targets(plan: BenchPlan, site: str) -> Iterator[Target]:
    """With --quick one public page and one of the others."""
    nobody = Person(site)
    people = {name: Person(site, name) for name in sorted({page.person for page in PAGES})}
    for path in PUBLIC[:1] if plan.quick else PUBLIC:
        yield Target(NAMES.get(path, path.strip("/")), path, nobody, public=True)
    for page in PAGES[:1] if plan.quick else PAGES:
        yield Target(page.name, page.path, people[page.person], public=False)


def figures(target: Target) -> Iterator[Figure]:
    runs = [scores(target)]
    while is_slow(runs) and len(runs) < MOST_RUNS:
        runs.append(scores(target))
    for category, least in target.categories.items():
        yield Figure(target.name, category, "", Sample(tuple(run[category] for run in runs)), least)


def is_slow(runs: list[dict[str, float]]) -> bool:
    return not FAST.is_met_by(Sample(tuple(run["performance"] for run in runs)).median)


def scores(target: Target) -> dict[str, float]:
    """By category, 0 to 100. Raises NoReport.

    On a busy machine Chromium may lose the beginning of a trace; Lighthouse then asks to be run again:
    https://github.com/GoogleChrome/lighthouse/blob/main/core/lib/lh-error.js
    """
    for _ in range(TRIES - 1):
        try:
            return report(target)
        except NoReport as problem:
            if TRACE_LOST not in str(problem):
                raise
    return report(target)


def report(target: Target) -> dict[str, float]:
    command = [str(node()), str(LIGHTHOUSE), f"{target.person.site}/ja/{target.path}", "--quiet", "--output=json"]
    command += ["--disable-full-page-screenshot"]  # a picture for its own viewer
    command += [f"--chrome-flags={CHROME}", f"--only-categories={','.join(target.categories)}"]
    if target.person.cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': target.person.cookie})}")
    environment = os.environ | {"CHROME_PATH": browser_path()}
    done = subprocess.run(cores.on_all_cores(command), env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise NoReport(done.stderr)
    return {name: found["score"] * 100 for name, found in json.loads(done.stdout)["categories"].items()}
