"""`python -m tests.operating.forking_server WORKERS`: loads the site once and forks, as gunicorn --preload does.

Each worker writes "serves PID" once it could take requests, and goes on until the first one is told to end. The exit
statuses of all stand in the last line, in the order in which they were forked.
"""

from __future__ import annotations

import os
import sys
import time


def main(workers: int) -> None:
    import portal.wsgi  # noqa: F401  (before the fork: that is the point)

    pids = [fork() for _ in range(workers)]
    print(*[os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids], flush=True)


def fork() -> int:
    pid = os.fork()
    if pid == 0:
        print(f"serves {os.getpid()}", flush=True)
        time.sleep(8)  # longer than a second one waits
        os._exit(0)
    return pid


if __name__ == "__main__":
    main(int(sys.argv[1]))
