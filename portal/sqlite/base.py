"""Django's SQLite, whose file only its owner may read: it holds people's names and sealed tokens.

SQLite itself would make the file as the umask says, and gives its companions (-wal, -shm) the file's own mode:
https://sqlite.org/src/file/src/os_unix.c (findCreateFileMode)
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from portal.sqlite.file import make_if_missing


class DatabaseWrapper(base.DatabaseWrapper):
    """Makes a missing file for its owner alone; one that is there keeps the mode it has."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.is_in_memory_db():
            with suppress(OSError):  # SQLite says it as a DatabaseError
                make_if_missing(Path(conn_params["database"]))
        return super().get_new_connection(conn_params)
