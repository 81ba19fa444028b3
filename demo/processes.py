"""Processes that live no longer than the one that started them."""

from __future__ import annotations

import ctypes
import os
import re
import select
import signal
import subprocess  # nosec B404  # lists of words, never a shell
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1  # https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
GRACE = 5.0  # seconds between the request to end and the end
PAUSE = 100  # milliseconds without output until we look whether to stop
_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Ask the kernel for a SIGTERM when the parent dies, however it dies."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True)
class Running:
    """One process with a group of its own, so that Ctrl-C reaches it only through us."""

    name: str
    process: subprocess.Popen[bytes]

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def find_in_output(self, pattern: str, patience: float, stopping: threading.Event) -> re.Match[str] | None:
        """The first match in what it prints into the pipe that it was started with. Closes the pipe.

        None when it ends, when `patience` (seconds) is over or when `stopping` is set before that.
        """
        if self.process.stdout is None:
            return None
        deadline, printed = time.monotonic() + patience, b""
        with self.process.stdout as output:
            poll = select.poll()
            poll.register(output, select.POLLIN)
            while time.monotonic() < deadline and not stopping.is_set():
                if not poll.poll(PAUSE):
                    continue
                more = os.read(output.fileno(), 4096)
                printed += more
                found = re.search(pattern, printed.decode(errors="replace"))
                if found or not more:
                    return found
        return None

    def stop(self) -> None:
        """Ask it to end, wait, and clear away whatever is left of its group."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(
    name: str,
    command: list[str],
    *,
    environment: dict[str, str],
    folder: Path,
    output: IO[bytes] | int | None = None,
    errors: IO[bytes] | int | None = None,
) -> Running:
    """Start it; what it prints goes where ours goes, unless `output` and `errors` say otherwise, as Popen takes them.

    Call from the main thread only: the kernel watches the thread that started the process."""
    process = subprocess.Popen(  # nosec B603  # our own interpreter and words of ours
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    return Running(name, process)
