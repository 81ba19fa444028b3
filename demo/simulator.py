"""The simulated Microsoft 365: started by its own command, and asked for what the site must know of it."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404  # lists of words, never a shell
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from demo.processes import Running, start
from demo.stamps import ROOT

PATIENCE = 10  # seconds until it must answer a question
PATIENCE_AT_START = 60  # seconds until it must say where it is
ADDRESS = r"(https?://\S+)/control/\n"  # in the line that says so


class NotStarted(Exception):
    """One sentence for the person at the keyboard; the simulator itself has said more on stderr."""


@contextmanager
def running_simulator(*options: str, errors: IO[bytes] | None = None) -> Iterator[str]:
    """Its address, for as long as the block takes. Raises NotStarted."""
    running, address = start_simulator(*options, errors=errors)
    try:
        yield address
    finally:
        running.stop()


def start_simulator(
    *options: str, port: int = 0, errors: IO[bytes] | None = None, stopping: threading.Event | None = None
) -> tuple[Running, str]:
    """The process and its address, when it answers there; port 0 is a free one.

    Raises NotStarted, also when `stopping` is set meanwhile.

    Call from the main thread only: the kernel watches the thread that started the process.
    """
    command = [sys.executable, "-m", "m365_simulator", "--port", str(port), *options]
    running = start(
        "simulator", command, environment=dict(os.environ), folder=ROOT, output=subprocess.PIPE, errors=errors
    )
    found = running.find_in_output(ADDRESS, PATIENCE_AT_START, stopping or threading.Event())
    if found is None:
        running.stop()
        raise NotStarted("The simulator did not start.")
    return running, found[1]


def read_application(simulator: str) -> dict[str, str]:
    """The application that is registered there, as the settings by which the site signs people in.

    Raises OSError when nobody answers at the address.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{simulator}/control/application", timeout=PATIENCE) as answer:
        application = json.load(answer)
    return {name.upper(): application[name] for name in ("tenant_id", "client_id", "client_secret")}
