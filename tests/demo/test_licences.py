"""`make licences` lists what others wrote, and says what of it only the tests use."""

from __future__ import annotations

import subprocess
import sys

from tests.simulated import ROOT


def test_what_the_site_runs_with_and_what_tests_it_are_told_apart() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "demo.licences"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    assert {row[1] for row in rows if row[0].startswith("tests/")} == {"tests"}
    assert {row[2] for row in rows if row[0] in ("django", "requests")} == {"site"}
