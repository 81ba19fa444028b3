"""What a command needs of the machine is said, and is installed only where that was said before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.simulated import ROOT


def ask(path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What `make test` asks first, with these programs alone."""
    environment = {name: value for name, value in os.environ.items() if name != "CHROME"} | {"PATH": str(path), **more}
    command = [sys.executable, "-m", "tests.packages"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_machine_without_a_browser_is_told_the_command(tmp_path: Path) -> None:
    done = ask(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Missing here; on Debian or Ubuntu, as root: apt-get install chromium")
    assert done.stderr.count("\n") == 1


def test_root_gets_what_is_missing_after_a_line_that_says_so(tmp_path: Path) -> None:
    """With an apt-get that installs nothing; for anybody but root it is not even called."""
    program = tmp_path / "apt-get"
    program.write_text('#!/bin/sh\necho "apt-get $*"\n', encoding="ascii")
    program.chmod(0o755)
    done = ask(tmp_path)
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    if os.geteuid() == 0:
        assert lines[0].startswith("Installing with apt-get, since this machine lacks them: chromium")
        assert lines[2].startswith("apt-get install -y -q --no-install-recommends chromium")
    assert lines[-1].startswith("Missing here")


def test_a_browser_that_is_named_needs_no_package(tmp_path: Path) -> None:
    assert ask(tmp_path, CHROME="/anywhere").returncode == 0
