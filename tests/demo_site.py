"""The demo as `make demo` starts it, on free ports and with a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.ports import find_free_port
from tests.security.watched_logs import watch
from tests.simulated import ROOT

PATIENCE = 120.0  # seconds, for a first build on a busy machine


@dataclass(frozen=True)
class DemoSite:
    """Where the two servers of one running demo answer, and its process."""

    site: str
    simulator: str
    process: subprocess.Popen[bytes]


@contextmanager
def running_demo(folder: Path, **environment: str) -> Iterator[DemoSite]:
    """Started, ready, and stopped again as Ctrl-C would stop it; `environment` holds settings on top of the demo's."""
    site_port, simulator_port = find_free_port(), find_free_port()
    subprocess.run([sys.executable, "-m", "demo.build"], cwd=ROOT, env=clean_environment(), check=True)
    said = folder / "demo.log"
    command = [sys.executable, "-m", "demo.serve", "--built", "--var", str(folder)]
    process = start(command, said, site_port, simulator_port, **environment)
    try:
        wait_for("Ready:", said, process)
        yield DemoSite(f"http://localhost:{site_port}", f"http://127.0.0.1:{simulator_port}", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def start(
    command: list[str], said: Path, site_port: int, simulator_port: int, *, folder: Path = ROOT, **environment: str
) -> subprocess.Popen[bytes]:
    """A process that writes all it says into the file `said`, where every line is looked at."""
    watch(said)
    ports = {"PORT": str(site_port), "SIMULATOR_PORT": str(simulator_port)}
    with said.open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, env=clean_environment() | ports | environment, stdout=log, stderr=subprocess.STDOUT
        )


def clean_environment() -> dict[str, str]:
    """The environment without what the tests' own simulator put there."""
    return {name: value for name, value in os.environ.items() if name not in ("SIMULATOR", "DJANGO_SETTINGS_MODULE")}


def wait_for(words: str, said: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while words not in said.read_text(encoding="utf-8"):
        assert process.poll() is None, f"the demo ended: {said.read_text(encoding='utf-8')}"
        assert time.monotonic() < deadline, f"the demo is not ready: {said.read_text(encoding='utf-8')}"
        time.sleep(0.05)
