"""Which core the measured server runs on; everything else (load, simulator) keeps to the others."""

from __future__ import annotations

import os
import sys

ALL = sorted(os.sched_getaffinity(0))
SERVER, LOAD = ALL[0], ALL[1:]


def check() -> None:
    """Ends with one sentence on a machine of one core."""
    if not LOAD:
        sys.exit("The bench needs two cores: one for the server, one for the load.")


def leave_the_server_alone() -> None:
    """This process, and what it starts from now on, keeps off the server's core."""
    os.sched_setaffinity(0, LOAD)


def on_server_core(command: list[str]) -> list[str]:
    return ["taskset", "--cpu-list", str(SERVER), *command]


def on_all_cores(command: list[str]) -> list[str]:
    """For what is no server and is not timed against one, such as a browser."""
    return ["taskset", "--cpu-list", ",".join(map(str, ALL)), *command]
