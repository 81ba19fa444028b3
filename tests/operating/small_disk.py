"""A disk of a site's own, in a mount namespace that ends with the site: nobody else sees it, and nothing is left of it.

Needs Linux, and root or user namespaces (user_namespaces(7)), under which anybody may mount a tmpfs.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from demo.build import EMPTY_DATABASE

SIZE = 72  # MiB: some more than /readyz wants free
MIB = 1024 * 1024
WRITABLE = f'mount -t tmpfs -o size={SIZE}m,mode=700 site "$0" && cp "$1" "$0/site.sqlite3" && shift && exec "$@"'
READ_ONLY = WRITABLE.replace("&& shift", '&& mount -o remount,ro "$0" && shift')


def command(folder: Path, script: str) -> tuple[str, ...]:
    """Starts the command behind it with the disk at `folder`, an empty database on it."""
    own = () if os.geteuid() == 0 else ("--map-root-user",)
    return ("unshare", "--mount", *own, "sh", "-c", script, str(folder), str(EMPTY_DATABASE))


def fill(folder: Path, pid: int, *, left: int = 0) -> None:
    """Until `left` MiB are free on the disk that the process `pid` sees at `folder`."""
    seen = Path(f"/proc/{pid}/root{folder}")
    with (seen / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while os.statvfs(seen).f_bavail * os.statvfs(seen).f_frsize > left * MIB:
            filler.write(bytes(4096))


def clear(folder: Path, pid: int) -> None:
    Path(f"/proc/{pid}/root{folder}/filler").unlink()
