"""`python3 -m demo.prepare [--dev]`: the virtual environment, made and filled only when its pins changed.

It runs on whatever python3 the machine has: standard library only, and readable to an old Python,
so that the sentence about an old Python can be said.
"""

from __future__ import annotations

import importlib.util
import subprocess  # nosec B404  # lists of words, never a shell
import sys

from demo import pip
from demo.stamps import ROOT, digest, holds, put

OLDEST = (3, 11)
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Seen from site-packages, so that a checkout may be moved: https://docs.python.org/3/library/site.html
SIMULATOR = "../../../../simulator\n"


def main() -> None:
    check_machine()
    wanted = ["requirements.txt", *(["requirements-dev.txt"] if "--dev" in sys.argv[1:] else [])]
    for requirements in wanted:
        install(requirements)
    add_simulator()


def check_machine() -> None:
    """Ends with one sentence when this Python cannot make the virtual environment."""
    found = tuple(sys.version_info[:3])
    needed = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    sentence = objection(found, needed)
    if sentence:
        sys.exit(sentence)


def objection(version: tuple[int, ...], missing: list[str]) -> str:
    """What stands against this Python, as one sentence for the person at the keyboard; empty when nothing does."""
    if version < OLDEST:
        needed, found = ".".join(map(str, OLDEST)), ".".join(map(str, version))
        return f"Python {needed} or newer is needed, but {sys.executable} is {found}; choose another with PYTHON=."
    if missing:
        return f"{sys.executable} cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv"
    return ""


def install(requirements: str) -> None:
    """Put the hash-pinned packages of a requirements file into .venv, unless they are there."""
    stamp = VENV / (requirements + ".stamp")
    made_from = digest([requirements], version_of(sys.executable))
    if PYTHON.exists() and holds(stamp, made_from):
        return
    make_venv()
    print(f"Installing {requirements} into .venv …", flush=True)
    if not pip.install(str(PYTHON), [requirements]):
        sys.exit(f"{requirements} could not be installed; the first time this needs the network.")
    put(stamp, made_from)


def add_simulator() -> None:
    """Let .venv's Python find the project beside the site: a local project cannot stand in a hash-pinned file."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        path_file = packages / "m365-simulator.pth"
        if not holds(path_file, SIMULATOR):
            put(path_file, SIMULATOR)


def make_venv() -> None:
    """Make .venv, also in place of one that is broken or belongs to another version of Python."""
    if PYTHON.exists() and version_of(str(PYTHON)) == version_of(sys.executable):
        return
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV])  # nosec B603  # our own interpreter
    if done.returncode != 0:
        sys.exit(f"{sys.executable} could not make the virtual environment {VENV}.")


def version_of(python: str) -> str:
    """Its major and minor version; empty when it does not run or has no pip."""
    if python == sys.executable:
        return "{}.{}".format(*sys.version_info[:2])
    ask = "import pip, sys; print('{}.{}'.format(*sys.version_info[:2]))"
    done = subprocess.run([python, "-c", ask], stdout=subprocess.PIPE, text=True)  # nosec B603  # ours, or .venv's
    return done.stdout.strip()


if __name__ == "__main__":
    main()
