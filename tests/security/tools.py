"""`python -m tests.security.tools`: bandit, semgrep and pip-audit in .security/venv, when their pins changed."""

from __future__ import annotations

import subprocess
import sys

from demo import pip
from demo.stamps import ROOT, digest, holds, put

VENV = ROOT / ".security" / "venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = "tests/security/requirements.txt"


def install() -> None:
    """Ends with one sentence when the packages cannot be had."""
    stamp, made_from = VENV.with_suffix(".stamp"), digest([REQUIREMENTS], sys.version)
    if PYTHON.exists() and holds(stamp, made_from):
        return
    print(f"Installing {REQUIREMENTS} into .security/venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode == 0
    if not (made and pip.install(str(PYTHON), [REQUIREMENTS])):
        sys.exit(f"{REQUIREMENTS} could not be installed; the first time this needs the network.")
    put(stamp, made_from)


if __name__ == "__main__":
    install()
