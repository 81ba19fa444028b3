"""A real process of the site on an SQLite file of its own, as `demo/serve.py` starts it, and people who change things.

Its Microsoft 365 is the test run's simulator. What it says is kept in a file, where every line is looked at.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from bench.person import Person
from demo import database as demo_database
from demo.ports import find_free_port
from demo.processes import die_with_parent
from demo.serve import SITE
from tests.demo_site import clean_environment
from tests.security.watched_logs import watch
from tests.simulated import ROOT

APPLICATION = "portal.wsgi:application"
PATIENCE = 30.0  # seconds
COLLECTOR = "rule.collector"


@dataclass(frozen=True)
class Site:
    """`environment` is what a command of the project needs beside it."""

    address: str
    database: Path
    process: subprocess.Popen[bytes]
    said: Path
    environment: dict[str, str]

    @property
    def worker(self) -> int:
        """The id of the process that serves; granian's own only watches it."""
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])

    @property
    def lost(self) -> list[str]:
        """Files that the site still writes to and that nobody else will ever see."""
        links = Path(f"/proc/{self.worker}/fd").iterdir()
        return [name for name in map(read_link, links) if name.endswith("(deleted)") and "sqlite3" in name]

    def readiness(self) -> tuple[int, dict[str, str]]:
        answer = requests.get(f"{self.address}/readyz", timeout=PATIENCE)
        return answer.status_code, dict(line.split(": ", 1) for line in answer.text.splitlines())

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            with suppress(requests.ConnectionError):
                requests.get(f"{self.address}/healthz", timeout=2)
                return
            time.sleep(0.05)
        raise AssertionError(f"the site does not answer: {self.said.read_text(encoding='utf-8')}")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """SIGKILL is for granian and its worker at once, as when the machine stops."""
        group = self.process.pid  # it has a session of its own
        if how == signal.SIGKILL:
            os.killpg(group, how)
        self.process.send_signal(how)
        self.process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def read_link(path: Path) -> str:
    try:
        return str(path.readlink())
    except OSError:  # closed meanwhile
        return ""


def built() -> None:
    """The files of a demo: pages name built style, and the database is a copy of an empty one."""
    subprocess.run([sys.executable, "-m", "demo.build"], cwd=ROOT, env=clean_environment(), check=True)


def empty_database(folder: Path) -> Path:
    demo_database.make_database(folder / "site.sqlite3")
    return folder / "site.sqlite3"


def start(database: Path, said: Path, *options: str, before: tuple[str, ...] = (), **environment: str) -> Site:
    """`options` are granian's; `before` is a command that starts the one behind it."""
    port = find_free_port()
    ours = {"DATABASE_URL": f"sqlite:///{database}", "SITE_URL": f"http://localhost:{port}", "LOG_LEVEL": "INFO"}
    whole = dict(os.environ) | ours | environment
    watch(said)
    with said.open("wb") as log:
        process = subprocess.Popen(
            [*before, sys.executable, *SITE, *options, "--host", "127.0.0.1", "--port", str(port), APPLICATION],
            cwd=ROOT,
            env=whole,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    return Site(f"http://localhost:{port}", database, process, said, whole)


@contextmanager
def serving(database: Path, *options: str, before: tuple[str, ...] = (), **environment: str) -> Iterator[Site]:
    """Started, answering, and ended."""
    site = start(database, database.with_name("site.log"), *options, before=before, **environment)
    try:
        site.wait_until_it_answers()
        yield site
    finally:
        site.end()


def command(site: Site, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A Python process beside the site, with its settings."""
    whole = site.environment | environment
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def change_something(person: Person) -> None:
    """One rule off or on, which is one row of the history."""
    person.send(person.open("/ja/rules/"), "form[action$='/switch/']")


def changes_in(database: Path) -> int:
    """Rows of the history in the file, as another process reads it."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM changes_change").fetchone()[0])
