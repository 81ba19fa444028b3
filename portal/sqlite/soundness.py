"""Whether the database file is what SQLite made of it: looked through once, beside the pages, when a process begins.

https://sqlite.org/pragma.html#pragma_quick_check
"""

from __future__ import annotations

import logging
import threading

from django.db import Error, OperationalError, connection

CHECKING = "checking"
log = logging.getLogger(__name__)


class Soundness:
    """`finding` is empty once the file was found to be sound."""

    def __init__(self) -> None:
        self.finding = CHECKING
        self._concluded = False
        self._begin()

    def describe(self) -> str:
        """Begins again where the disk, or another process, kept the file from being looked through."""
        if not self._concluded and not self._thread.is_alive():
            self._begin()
        return self.finding

    def wait(self) -> None:
        """Before a fork, over which no connection may be carried: https://sqlite.org/howtocorrupt.html (2.6)"""
        self._thread.join()

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._look_through, name="quick_check", daemon=True)
        self._thread.start()

    def _look_through(self) -> None:
        try:
            found = quick_check()
        except OperationalError as error:  # busy, away, unreadable: not a word about what is in the file
            self.finding = f"failed: {error_name(error)}"
        except Error as error:
            self._conclude(f"failed: {error_name(error)}", str(error))
        else:
            self._conclude(f"failed: quick_check found damage ({len(found)})" if found else "", *found)
        finally:
            connection.close()

    def _conclude(self, finding: str, *found: str) -> None:
        if finding:
            log.error("The database is damaged: %s. Put the backup back.", "; ".join(found))
        self._concluded, self.finding = True, finding


def quick_check() -> list[str]:
    """The mistakes it finds, at most a hundred; they name tables and pages, nothing of a row."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        return [line for (line,) in cursor.fetchall() if line != "ok"]


def error_name(error: Error) -> str:
    """Django's name of it and the database's own, such as "OperationalError (SQLITE_FULL)"."""
    cause = error.__cause__
    own = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"{type(error).__name__} ({own})" if own else type(error).__name__
