"""What a process that serves does with an SQLite file from its start on. The project's commands do none of it.

A server may load the site once and fork its workers from there (gunicorn --preload). The lock then goes from the
process that loaded it to the worker that serves.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial

from portal.environment import stop
from portal.sqlite.alone import Alone
from portal.sqlite.base import database_file, free_bytes, make_folder
from portal.sqlite.soundness import Soundness

MIB = 1024 * 1024
# Bytes that must be free beside the file. -wal grows to 4 MiB before SQLite writes it back (1,000 pages of 4 KiB), and
# on while somebody reads, a backup for example; the rest is room for changes, of 1 KB each, and time to see to it.
ROOM = 64 * MIB
# What gunicorn takes for a worker that cannot start at all; with any other status it would try again for ever:
# https://github.com/benoitc/gunicorn/blob/master/gunicorn/arbiter.py (WORKER_BOOT_ERROR)
CANNOT_START = 3

_alone: Alone | None = None
_soundness: Soundness | None = None


def serve(began: float) -> None:
    """Ends the process with one sentence where another serves from the same file. `began` is of time.monotonic."""
    global _alone, _soundness
    file = database_file()
    if file is None:
        return
    make_folder(file)
    _alone = Alone(file)
    if not _alone.take(began):
        stop(_alone.refusal)
    if file.exists():  # one that is made later is sound
        _soundness = Soundness()
        os.register_at_fork(before=_soundness.wait)
    os.register_at_fork(after_in_parent=_alone.leave, after_in_child=partial(serve_instead, _alone))


def serve_instead(alone: Alone) -> None:
    """In a forked worker, where an exception would only be printed."""
    alone.leave()
    if not alone.take(time.monotonic()):
        print(f"Madoguchi cannot start: {alone.refusal}", file=sys.stderr, flush=True)
        os._exit(CANNOT_START)


def find_trouble() -> str:
    """What /readyz says of the file before anything is written to it; empty where there is nothing to say."""
    if _alone and _alone.trouble:
        return f"failed: {_alone.trouble}"
    return (_soundness.describe() if _soundness else "") or describe_lack_of_room()


def describe_lack_of_room() -> str:
    file = database_file()
    free = free_bytes(file) if file else None
    if free is None or free >= ROOM:
        return ""
    return f"failed: {free // MIB} MiB free on its disk, {ROOM // MIB} needed"
