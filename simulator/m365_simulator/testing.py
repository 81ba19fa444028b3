"""A simulated Microsoft 365 for as long as a test takes: `with running_simulator() as address: …`"""

import re
import subprocess  # nosec B404  # lists of words, never a shell
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


class NotStarted(Exception):
    """It ended before it answered, and has said why on stderr."""


@contextmanager
def running_simulator(*options: str) -> Iterator[str]:
    """Its address, on a free port. `options` are those of the command. Raises NotStarted."""
    command = [sys.executable, "-m", "m365_simulator", "--port", "0", "--end-with-parent", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # nosec B603  # our own interpreter
        try:
            yield read_address(process.stdout)
        finally:
            process.terminate()


def read_address(output: IO[str] | None) -> str:
    """Once it answers there. Raises NotStarted."""
    for line in output or ():
        if found := re.search(r"(https?://\S+)/control/$", line):
            return found[1]
    raise NotStarted("The simulator did not start.")
