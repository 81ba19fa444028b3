"""One process at a time serves from a database file: who does holds a lock (flock) on a file beside it.

SQLite itself lets several processes write, one after another. Where it is used the cache is mostly the memory of one
process too: limits, and what Microsoft has against the site, would be kept in each apart. The kernel gives the lock
back when the process ends, however it ends: https://man7.org/linux/man-pages/man2/flock.2.html
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

# Seconds from the beginning of its loading in which a worker waits for the end of the one before it. Granian takes a
# worker that ends within 5.5 seconds for a crash loop and gives up, as it should here; one that ends later is started
# again for ever (granian/server/common.py, _serve_loop).
WORKER_END_WAIT = 4.5


class Alone:
    """The right to serve from `file`. `trouble` says why nobody can be kept out, as on a disk that is read-only."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lock = file.with_name(f"{file.name}.serving")
        self.trouble = ""
        self._descriptor: int | None = None

    @property
    def refusal(self) -> str:
        return (
            f"another process serves from {self.file} already, and only one may. End it, start with one worker, "
            "or set DATABASE_URL to a PostgreSQL database."
        )

    def take(self, began: float) -> bool:
        """Whether this process may serve; waits WORKER_END_WAIT from `began` (time.monotonic) for another's end."""
        try:
            self._descriptor = os.open(self.lock, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            self.trouble = f"{self.lock.name}: {error.strerror}"
            return True
        try:
            while not try_lock(self._descriptor):
                if time.monotonic() > began + WORKER_END_WAIT:
                    self.leave()
                    return False
                time.sleep(0.05)
        except OSError as error:  # a file system without locks, as of some file servers
            self.trouble = f"{self.lock.name}: {error.strerror}"
        return True

    def leave(self) -> None:
        """A process that was forked from this one holds the lock until it has closed its copy too."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
