"""The processes of one run: a simulated Microsoft 365, and real sites, as `make demo` starts them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers import below, wait_until_it_answers
from demo import settings
from demo.build import EMPTY_DATABASE
from demo.ports import find_free_port
from demo.processes import Running, start
from demo.serve import SITE
from demo.simulator import read_application, running_simulator
from demo.stamps import ROOT
from tests.security.leaks import leaks, make_patterns, subjects
from tests.sequences.postgresql import cluster
from tests.simulator_control import Simulator

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Two processes on one SQLite file are none of the ways to run the site.
PROCESSES = {SQLITE: 1, POSTGRESQL: 2}
THREADS = "32"  # most of them wait for a Microsoft that is slow on purpose
DOUBT_SECONDS = 3.0  # how long an unanswered change may still come
# One mailbox has two tabs, Outlook and whoever looks into it for the judge.
NO_LIMIT = {"mailbox_concurrency": 1000, "mailbox_rate": 1_000_000}


@dataclass
class Server:
    """One process of the site (with granian's own above it), which can be killed and started again."""

    port: int
    environment: dict[str, str]
    log: Path
    running: Running | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Call from the main thread only: the kernel watches the thread that started the process."""
        place = SITE.index("--blocking-threads") + 1
        words = [*SITE[:place], THREADS, *SITE[place + 1 :], "--host", "127.0.0.1", "--port", str(self.port)]
        self.running = started([sys.executable, *words, "portal.wsgi:application"], self.environment, self.log)

    def wait(self) -> None:
        assert self.running is not None
        wait_until_it_answers(self.port, self.running)

    def kill(self) -> None:
        """Without a word, as the kernel does when memory is short: the process that answers, then the one above."""
        assert self.running is not None
        for pid in reversed([*below(self.running.process.pid)]):
            os.kill(pid, signal.SIGKILL)
        self.running.process.wait()

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()


@dataclass(frozen=True)
class Servers:
    """What the people of a run use. Those whose site is killed have one of their own."""

    simulator: str
    usual: tuple[Server, ...]
    killed: tuple[Server, ...]

    def find_leaks(self) -> Iterator[str]:
        """A line of the sites' logs that holds what none may hold, with what it is."""
        kinds = make_patterns(self.usual[0].environment, subjects(self.simulator))
        for server in (*self.usual, *self.killed):
            for what, line in leaks(server.log.read_text(encoding="utf-8", errors="replace"), kinds):
                yield f"{what} in a log line: {line}"


@contextmanager
def servers(database: str, people: int, logs: Path, *, kills: bool) -> Iterator[Servers]:
    """Started, and stopped in any case. `people` is how many students have a mailbox: s000001@ and on.

    What they have to say is added to files in `logs`. Call from the main thread.
    """
    with ExitStack() as stack:
        said = stack.enter_context((logs / "simulator.log").open("ab"))
        address = stack.enter_context(running_simulator("--people", str(people), errors=said))
        environments = settings_of(database, address, stack)
        usual = tuple(server(environments[0], logs) for _ in range(PROCESSES[database]))
        killed = (server(environments[1], logs),) if kills else ()
        for each in (*usual, *killed):
            stack.callback(each.stop)
            each.start()
        for each in (*usual, *killed):
            each.wait()
        simulator = Simulator(address)
        simulator.switch(**NO_LIMIT)
        yield Servers(simulator.address, usual, killed)


def settings_of(database: str, simulator: str, stack: ExitStack) -> tuple[dict[str, str], dict[str, str]]:
    """The environments of the usual site and of the one that is killed, whose databases have their tables."""
    usual, killed = databases(database, stack)
    base = settings.make_environment(read_application(simulator), site_port=1, simulator=simulator, database=usual)
    base["LOG_LEVEL"] = "INFO"  # as in production; the suite itself is at DEBUG
    base["DOUBT_SECONDS"] = f"{DOUBT_SECONDS:.0f}"
    if database == POSTGRESQL:
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=base, check=True)
    return base, base | {"DATABASE_URL": killed}


def databases(database: str, stack: ExitStack) -> tuple[str, str]:
    """Two addresses: one SQLite file is one process's, one PostgreSQL server is everybody's."""
    if database == POSTGRESQL:
        address = stack.enter_context(cluster())
        return address, address
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="madoguchi-sqlite-")))
    files = folder / "usual.sqlite3", folder / "killed.sqlite3"
    for file in files:
        shutil.copyfile(EMPTY_DATABASE, file)
    return f"sqlite:///{files[0]}", f"sqlite:///{files[1]}"


def server(environment: dict[str, str], logs: Path) -> Server:
    """Each has an address of its own, for Microsoft's way back too; keys and database are shared."""
    port = find_free_port()
    return Server(port, environment | {"SITE_URL": f"http://localhost:{port}"}, logs / f"site-{port}.log")


def started(command: list[str], environment: dict[str, str], log: Path) -> Running:
    """What it says is added to the file `log`."""
    with log.open("ab") as said:
        return start(command[2], command, environment=environment, folder=ROOT, output=said, errors=subprocess.STDOUT)
