"""What a process says at its start is waited for, but not for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Timer

import pytest

from demo.ports import find_free_port
from demo.processes import Running, start
from demo.simulator import ADDRESS
from tests.demo_site import start as start_demo
from tests.demo_site import wait_for
from tests.simulated import ROOT

SILENT = "import time; time.sleep(60)"
Runner = Callable[[str], Running]


@pytest.fixture
def run() -> Iterator[Runner]:
    """Starts Python with these words; what still runs after the test is stopped."""
    started = []

    def start_python(code: str) -> Running:
        command = [sys.executable, "-c", code]
        started.append(start("it", command, environment=dict(os.environ), folder=ROOT, output=subprocess.PIPE))
        return started[-1]

    yield start_python
    for running in started:
        running.stop()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_line_with_the_address_may_come_after_others(run: Runner, scheme: str) -> None:
    running = run(f"print('CA certificate: here'); print('Steered at {scheme}://127.0.0.1:9/control/')")
    found = running.find_in_output(ADDRESS, 30, Event())
    assert found is not None
    assert found[1] == f"{scheme}://127.0.0.1:9"


def test_one_that_ends_without_the_line_is_not_waited_for(run: Runner) -> None:
    assert run("print('no')").find_in_output(ADDRESS, 30, Event()) is None


def test_patience_with_a_silent_one_ends(run: Runner) -> None:
    assert run(SILENT).find_in_output(ADDRESS, 0.3, Event()) is None


def test_whoever_is_told_to_stop_waits_no_longer(run: Runner) -> None:
    stopping, began = Event(), time.monotonic()
    Timer(0.3, stopping.set).start()
    assert run(SILENT).find_in_output(ADDRESS, 30, stopping) is None
    assert time.monotonic() - began < 15


def test_ctrl_c_ends_a_demo_whose_simulator_says_nothing(tmp_path: Path) -> None:
    package = tmp_path / "m365_simulator"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(f"import sys; print('silent', file=sys.stderr, flush=True); {SILENT}\n")
    said = tmp_path / "demo.log"
    command = [sys.executable, "-m", "demo.serve", "--built", "--var", str(tmp_path / "var")]
    ports = find_free_port(), find_free_port()
    demo = start_demo(command, said, *ports, PYTHONPATH=str(tmp_path))
    try:
        wait_for("silent", said, demo)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(15) == 0
    finally:
        demo.kill()
    assert "Traceback" not in said.read_text(encoding="utf-8")
