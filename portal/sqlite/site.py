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
from portal.sqlite.file import database_file, make_folder

# What gunicorn takes for a worker that cannot start at all; with any other status it would try again for ever:
# https://github.com/benoitc/gunicorn/blob/master/gunicorn/arbiter.py (WORKER_BOOT_ERROR)
CANNOT_START = 3


def serve(began: float) -> None:
    """Ends the process with one sentence where another serves from the same file. `began` is of time.monotonic."""
    file = database_file()
    if file is None:
        return
    make_folder(file)
    alone = Alone(file)
    if not alone.take(began):
        stop(alone.refusal)
    os.register_at_fork(after_in_parent=alone.leave, after_in_child=partial(serve_instead, alone))


def serve_instead(alone: Alone) -> None:
    """In a forked worker, where an exception would only be printed."""
    alone.leave()
    if not alone.take(time.monotonic()):
        print(f"Madoguchi cannot start: {alone.refusal}", file=sys.stderr, flush=True)
        os._exit(CANNOT_START)
