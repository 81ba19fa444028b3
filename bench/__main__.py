"""`make bench`: measures the site and holds it against its budgets.

The exit status is 0 when every budget was met, 1 when one was missed.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import time
from pathlib import Path
from typing import Any

from bench import cores, installed, machine, table
from bench.figures import BenchSection
from bench.plan import BenchPlan, make_scratch_folder
from bench.sections import SECTIONS
from demo import settings
from demo.build import build
from demo.simulator import running_simulator

ROUNDS, QUICK_ROUNDS = 5, 2


def main() -> int:
    asked = arguments()
    cores.check()
    try:
        installed.install()
    except installed.NotInstalled as problem:
        sys.exit(str(problem))
    build(settings.usual_environment())
    began, about = time.monotonic(), machine.description()
    cores.leave_the_server_alone()
    sections = run(asked)
    result = about | {
        "command": shlex.join(["make", "bench", f"ARGS={shlex.join(sys.argv[1:])}"]),
        "rounds": asked.rounds,
        "seconds": round(time.monotonic() - began),
        "sections": [section.as_json() for section in sections],
    }
    return finish(sections, result, asked.json)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"only these: {', '.join(SECTIONS)}")
    parser.add_argument("--rounds", type=int, default=0, help=f"{ROUNDS}, with --quick {QUICK_ROUNDS}")
    parser.add_argument("--quick", action="store_true", help="few rounds and visits, to try the bench itself")
    parser.add_argument("--json", type=Path, metavar="PATH", help="where the figures are written, for later")
    asked = parser.parse_args()
    unknown = sorted(set(asked.sections) - SECTIONS.keys())
    if unknown:
        parser.error(f"there is no section {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    asked.rounds = asked.rounds or (QUICK_ROUNDS if asked.quick else ROUNDS)
    return asked


def run(asked: argparse.Namespace) -> list[BenchSection]:
    """The sections asked for, each printed as soon as it is there."""
    sections = []
    with make_scratch_folder() as folder, running_simulator() as simulator:
        plan = BenchPlan(
            rounds=asked.rounds,
            quick=asked.quick,
            requests=5 if asked.quick else 20,
            simulator=simulator,
            folder=folder,
        )
        for name in asked.sections or SECTIONS:
            began = time.monotonic()
            sections.append(SECTIONS[name](plan))
            print(table.table(sections[-1]), f"Took {time.monotonic() - began:.0f} s.\n", sep="\n", flush=True)
    return sections


def finish(sections: list[BenchSection], result: dict[str, Any], path: Path | None) -> int:
    if path:
        path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    misses = list(table.missed(sections))
    print("\n".join(misses or ["Every budget was met."]))
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
