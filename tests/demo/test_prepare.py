"""What a machine lacks is said in one sentence."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from demo.prepare import check_machine, objection


def run_make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As typed, also where the suite itself was started by make."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *words], cwd=checkout, env=environment, capture_output=True, text=True)


def test_this_machine_will_do() -> None:
    check_machine()


def test_an_old_python_is_named_with_the_way_to_another() -> None:
    sentence = objection((3, 9, 2), [])
    assert "3.11 or newer" in sentence
    assert "3.9.2" in sentence
    assert "PYTHON=" in sentence


def test_a_python_without_venv_is_told_what_to_install() -> None:
    assert objection((3, 11, 2), ["ensurepip"]).endswith("apt install python3-venv")
    assert objection((3, 13, 0), []) == ""


def test_a_missing_interpreter_is_one_sentence(checkout: Path) -> None:
    made = run_make(checkout, "demo", "PYTHON=no-such-python")
    assert made.returncode != 0
    said = made.stderr.splitlines()
    assert said[0].startswith("no-such-python was not found; install Python 3.11 or newer")
    assert all(line.startswith("make") for line in said[1:])


def test_arguments_for_both_suites_are_refused_in_one_sentence(checkout: Path) -> None:
    made = run_make(checkout, "test", "ARGS=tests/rules")
    assert made.returncode != 0
    said = made.stderr.splitlines()
    assert "make test-site" in said[0]
    assert "make test-simulator" in said[0]
    assert all(line.startswith("make") for line in said[1:])
    assert not made.stdout
