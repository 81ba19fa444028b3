"""The demo's database: at each start a copy of the empty one that was built, for its owner alone.

It has a name of its own, since an installation may keep its database in the same folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from demo.build import COMPANIONS, EMPTY_DATABASE, alone
from portal.sqlite.alone import Alone

NAME = "demo.sqlite3"
AT_ONCE = float("-inf")  # a beginning so long ago that nobody's end is waited for


def require_unused(folder: Path) -> Path:
    """The path of the database in `folder`; ends with one sentence when a demo serves from it."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / NAME
    right = Alone(database)
    if not right.take(AT_ONCE):
        sys.exit(f"Another demo is running on {database}; end it, or run `python -m demo.serve --var FOLDER`.")
    right.leave()  # the site takes it
    return database


def make_database(database: Path) -> None:
    """In place of what is there, whose file nobody opens: portal/sqlite/base.py says why."""
    for end in ("", *COMPANIONS):
        database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
    with alone():  # nobody makes the empty one anew meanwhile
        contents = EMPTY_DATABASE.read_bytes()
    with open(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123
        file.write(contents)
