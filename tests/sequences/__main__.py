"""`python -m tests.sequences`: changes that go wrong in every way, after which page, history and mailbox must agree.

Ends with 1 when they do not, and says how to do that sequence again.
"""

from __future__ import annotations

import argparse
import secrets
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from demo.stamps import ROOT
from tests.sequences.plan import drawn
from tests.sequences.postgresql import NotInstalled, programs
from tests.sequences.run import Run, run
from tests.sequences.sites import POSTGRESQL, SQLITE
from tests.sequences.table import commit_now, table

DATABASES = {SQLITE: (SQLITE,), POSTGRESQL: (POSTGRESQL,), "both": (SQLITE, POSTGRESQL)}


def main() -> int:
    asked = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders are cleared away
    seed, commit = asked.seed or secrets.token_hex(4), commit_now()  # somebody may go on while it runs
    numbers = asked.only or range(asked.number)
    print(f"Seed {seed}", flush=True)
    if POSTGRESQL in DATABASES[asked.database]:
        try:
            programs()
        except NotInstalled as problem:
            sys.exit(str(problem))
    subprocess.run([sys.executable, "-m", "demo.build"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="madoguchi-sequences-") as scratch:
        folder = asked.logs or Path(scratch)
        for database in DATABASES[asked.database]:
            runs.append(run(database, [drawn(seed, number) for number in numbers], folder))
            for outcome in runs[-1].outcomes if asked.only else runs[-1].wrong:
                print(outcome.told(seed, database), flush=True)
            print(*runs[-1].leaks, sep="\n", end="\n" if runs[-1].leaks else "", flush=True)
    print(sum_up(runs) if asked.quiet else table(runs, seed, commit))
    return 1 if any(each.wrong or each.leaks for each in runs) else 0


def sum_up(runs: list[Run]) -> str:
    """One line for each database."""
    words = "{}: {} sequences in {:.0f} s, {} disagree"
    return "\n".join(words.format(run.database, len(run.outcomes), run.seconds, len(run.wrong)) for run in runs)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sequences", description=__doc__)
    parser.add_argument("--number", type=int, default=500, help="how many sequences for each database")
    parser.add_argument("--database", choices=DATABASES, default="both")
    parser.add_argument("--seed", help="the same seed draws the same sequences")
    parser.add_argument(
        "--only", type=int, nargs="+", metavar="K", help="these of the seed alone, and tell how they went"
    )
    parser.add_argument("--quiet", action="store_true", help="a line for each database in place of the table")
    parser.add_argument("--logs", type=Path, metavar="FOLDER", help="where the servers write what they have to say")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
