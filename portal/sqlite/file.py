"""The database's file. Nothing but SQLite opens it once it is there.

Whoever closes any descriptor of a file gives up all locks that the process has on it, SQLite's too. The next process
that leaves then thinks that it is the last, and deletes -wal and -shm under those who still write to them:
https://sqlite.org/howtocorrupt.html (2.2)
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

# Held over looking and making, so that no thread lets SQLite open a file whose first descriptor is still to be closed.
_one_thread = threading.Lock()


def database_file() -> Path | None:
    """Where it lies, links followed; None for a database in memory, and for one that is not SQLite's."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return None
    return Path(connection.settings_dict["NAME"]).resolve()


def make_folder(file: Path) -> None:
    """The project's own, but no other: a path with a mistake in it is an error, not a new database."""
    if file.parent == settings.ROOT / "var":
        file.parent.mkdir(mode=0o700, exist_ok=True)


def make_if_missing(file: Path) -> None:
    with _one_thread:
        if file.exists():
            return
        make_folder(file)
        target = file.resolve()  # a link to a file that is not there yet counts as missing
        with suppress(FileExistsError):  # another process was quicker; then it is not opened here
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDONLY, 0o600))


def free_bytes(file: Path) -> int | None:
    """What an ordinary account may still use of the disk that the file is on; None where there is no such folder."""
    try:
        disk = os.statvfs(file.parent)
    except OSError:
        return None
    return disk.f_bavail * disk.f_frsize
