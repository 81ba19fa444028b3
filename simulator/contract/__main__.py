"""`python -m contract`: independent clients against the simulated Microsoft 365, one row per client and operation.

The exit status is 0 when every row passed. CLIENTS=authlib,openid-client runs these alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from contract import installed
from contract.clients import PROGRAMS, Program
from contract.installed import ROOT
from contract.simulators import simulators
from contract.verdict import Ended, Row, verdict
from m365_simulator.testing import NotStarted

PATIENCE = 120  # seconds for one program
DETAIL = 90  # characters shown when all is well
FULL = 1000  # and when it is not


def main() -> int:
    try:
        installed.install()
        programs = chosen(os.environ.get("CLIENTS", ""))
        began = time.monotonic()
        with simulators() as environment:
            rows = [row for program in programs for row in shown(verdict(program, run(program, environment)))]
    except (installed.NotInstalled, NotStarted, UnknownClient) as problem:
        print(problem, file=sys.stderr)
        return 1
    return summed_up(rows, time.monotonic() - began)


class UnknownClient(Exception):
    """One sentence for the person at the keyboard."""


def chosen(names: str) -> tuple[Program, ...]:
    """Those named, all when none is. Raises UnknownClient."""
    known = {program.client: program for program in PROGRAMS}
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UnknownClient(f"There is no client {unknown[0]!r}; there are {', '.join(known)}.")
    return tuple(known[name] for name in wanted) or PROGRAMS


def run(program: Program, environment: dict[str, str]) -> Ended:
    interpreters = {"python": installed.PYTHON, "node": installed.node()}
    command = [str(interpreters[program.command[0]]), *program.command[1:]]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as expired:
        return Ended(text_of(expired.stdout), text_of(expired.stderr), None)
    return Ended(done.stdout, done.stderr, done.returncode)


def text_of(printed: str | bytes | None) -> str:
    """What a program printed before its time was up comes undecoded, or not at all."""
    return printed.decode("utf-8", "replace") if isinstance(printed, bytes) else printed or ""


def shown(rows: list[Row]) -> list[Row]:
    for row in rows:
        word = "passed" if row.passed else "FAILED"
        detail = row.detail[: DETAIL if row.passed else FULL]
        print(f"{row.client:<24}{row.operation:<26}{word}  {detail}".rstrip(), flush=True)
    return rows


def summed_up(rows: list[Row], seconds: float) -> int:
    failed = sum(not row.passed for row in rows)
    print(f"\n{len(rows) - failed} passed, {failed} failed")
    print(f"in {seconds:.0f} s", flush=True)
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
