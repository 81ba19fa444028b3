"""What was tried and what came of it, in Markdown, as docs/reliability.md shows it."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence

from demo.stamps import ROOT
from tests.sequences.outcome import Outcome, Tried
from tests.sequences.run import Run, processors
from tests.sequences.sent import NOT_MET

Count = Callable[[Run], Counter[str]]


def table(runs: Sequence[Run], seed: str, commit: str) -> str:
    """One column a database."""
    rows = [
        ["", *(run.database for run in runs)],
        ["---", *("---:" for _ in runs)],
        ["sequences", *(str(len(run.outcomes)) for run in runs)],
        ["seconds", *(f"{run.seconds:.0f}" for run in runs)],
        ["**page, history or mailbox disagree**", *(f"**{len(run.wrong)}**" for run in runs)],
    ]
    sections = {"disagreements, by kind": wrong_of, **SECTIONS} if any(run.wrong for run in runs) else SECTIONS
    for heading, count in sections.items():
        counts = [count(run) for run in runs]
        rows.append([f"**{heading}**", *(str(sum(each.values())) for each in counts)])
        names = sorted({name for each in counts for name in each}, key=lambda name: (-counts[0][name], name))
        rows += [[name, *(str(each[name]) for each in counts)] for name in names]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines, "", f"Seed `{seed}`, commit `{commit}`, {processors()} cores."])


def wrong_of(run: Run) -> Counter[str]:
    return Counter(wrong.what for outcome in run.outcomes for wrong in outcome.wrong)


def of_forms(count: Callable[[Tried], str]) -> Count:
    return lambda run: Counter(count(tried) for outcome in run.outcomes for tried in outcome.tried)


def of_sequences(count: Callable[[Outcome], str]) -> Count:
    return lambda run: Counter(count(outcome) for outcome in run.outcomes)


def fault_of(tried: Tried) -> str:
    """Without the place, which has rows of its own; statuses that mean the same are one row."""
    if tried.fault.endswith(NOT_MET):
        return "none met"
    name = tried.fault.partition(" at ")[0].partition(" Retry-After")[0]
    return re.sub(r"^50[0234]\b", "500–504", re.sub(r"^4(?:00|03|04|09|12)\b", "400–412", name))


def place_of(tried: Tried) -> str:
    """Which request it was: the first write, the second read, and so on."""
    return tried.fault.partition(" at ")[2] if not tried.fault.endswith(NOT_MET) else ""


SECTIONS: dict[str, Count] = {
    "forms sent, by change": of_forms(lambda tried: tried.kind),
    "by page": of_forms(lambda tried: tried.page),
    "by fault": of_forms(fault_of),
    "by request with the fault": lambda run: Counter(
        place for outcome in run.outcomes for tried in outcome.tried if (place := place_of(tried))
    ),
    "by answer": of_forms(lambda tried: tried.claim),
    "tabs": of_sequences(lambda outcome: outcome.plan.tabs),
    "two forms at one moment": lambda run: Counter(
        "pairs" for outcome in run.outcomes for tried in outcome.tried if tried.beside
    ),
    "the site killed in the midst": lambda run: Counter("killed" for each in run.outcomes if each.plan.kills),
}


def commit_now() -> str:
    said = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return said.stdout.strip() or "unknown"
