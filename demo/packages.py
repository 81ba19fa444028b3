"""Packages of Debian and Ubuntu that a command needs: never installed without a line that says so, never by sudo."""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404  # lists of words, never a shell
import sys
from collections.abc import Callable, Iterable


def require(find_missing: Callable[[], Iterable[str]]) -> None:
    """Root gets the missing packages, everybody else the command to type.

    Ends with one sentence when some are missing still.
    """
    missing = list(find_missing())
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(
            f"Installing with apt-get, since this machine lacks them: {', '.join(missing)} …",
            file=sys.stderr,
            flush=True,
        )
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", *words], env=environment, stdout=sys.stderr, check=False)  # nosec B603, B607  # apt-get
        missing = list(find_missing())
    if missing:
        sys.exit(f"Missing here; on Debian or Ubuntu, as root: apt-get install {' '.join(missing)}")
