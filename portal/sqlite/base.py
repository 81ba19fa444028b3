"""Django's SQLite, and the one file that it keeps.

Only its owner may read it: it holds people's names and sealed tokens. SQLite itself would make the file as the umask
says, and gives its companions (-wal, -shm) the file's own mode:
https://sqlite.org/src/file/src/os_unix.c (findCreateFileMode)

Nothing but SQLite opens it once it is there. Whoever closes any descriptor of a file gives up all locks that the
process has on it, SQLite's too. The next process that leaves then thinks that it is the last, and deletes -wal and -shm
under those who still write to them: https://sqlite.org/howtocorrupt.html (2.2)
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3 import base

# Held over looking and making, so that no thread lets SQLite open a file whose first descriptor is still to be closed.
_one_thread = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Makes a missing file for its owner alone; one that is there keeps the mode it has."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.is_in_memory_db():
            with suppress(OSError):  # SQLite says it as a DatabaseError
                make_if_missing(Path(conn_params["database"]))
        return super().get_new_connection(conn_params)


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
