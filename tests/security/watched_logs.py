"""A pytest plugin (`-p tests.security.watched_logs`): every log line of the run is looked at.

A test fails when a line that it caused holds what no log line may hold (`tests.security.leaks`): what the site's
own handlers write in this process, and what the demos that tests start write into their files.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from tests.security.leaks import leaks, patterns


class Watched(io.TextIOBase):
    """Stands before the stream of a log handler."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        look_at(text)
        return self.stream.write(text)

    def flush(self) -> None:
        self.stream.flush()


@dataclass
class Said:
    """A file that another process writes its lines into, and how far it was read."""

    path: Path
    read: int = 0

    def news(self) -> str:
        """Its new whole lines."""
        with self.path.open("rb") as file:
            file.seek(self.read)
            whole = file.read().rpartition(b"\n")[0]
        self.read += len(whole)
        return whole.decode(errors="replace")


FOUND: list[tuple[str, str]] = []
FILES: list[Said] = []


def look_at(text: str) -> None:
    """What another process wrote, in whole lines."""
    FOUND.extend(leaks(text))


def watch(path: Path) -> None:
    """Look at the lines that come into this file too."""
    FILES.append(Said(path))


def handlers() -> Iterator[logging.StreamHandler[TextIO]]:
    """Those that the settings made; pytest's own are for the report of a test."""
    everyone = [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]
    made = {handler for logger in everyone if isinstance(logger, logging.Logger) for handler in logger.handlers}
    for handler in made:
        if isinstance(handler, logging.StreamHandler) and not type(handler).__module__.startswith("_pytest"):
            yield handler


def pytest_sessionstart() -> None:
    """Django has set the logging up by now, and no test has changed what is in the mailboxes yet."""
    patterns()
    for handler in handlers():
        handler.setStream(Watched(handler.stream))  # type: ignore[arg-type]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """After every fixture has been taken down, of the module and the session too."""
    yield
    for file in FILES:
        look_at(file.news())
    if FOUND:
        lines = [f"{what} in the log line: {line}" for what, line in FOUND]
        FOUND.clear()
        pytest.fail("\n".join(lines), pytrace=False)
