"""The two WSGI servers, each with one process of Python on the server's core, as an operator starts them."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench import cores
from bench.installed import PYTHON
from demo.ports import find_free_port
from demo.processes import Running, start
from demo.serve import SITE
from demo.stamps import ROOT

PATIENCE = 60.0  # seconds until it must answer
TICKS = os.sysconf("SC_CLK_TCK")  # a second of processor time, in the kernel's units
THREADS = SITE[SITE.index("--blocking-threads") + 1]
GUNICORN = ("-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", THREADS)
OURS = "granian"  # the one that `demo.serve` starts
KINDS = (OURS, "gunicorn")


def command(kind: str, application: str, port: int) -> list[str]:
    """`application` is "module:name", importable from the checkout."""
    if kind == "granian":
        return [str(PYTHON), *SITE, "--host", "127.0.0.1", "--port", str(port), application]
    return [
        str(PYTHON),
        *GUNICORN,
        "--no-control-socket",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
        application,
    ]


@dataclass(frozen=True)
class BenchServer:
    """One that runs. Its processes are the master and the one that answers."""

    kind: str
    port: int
    running: Running

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def pids(self) -> tuple[int, ...]:
        """The process that was started, and what it has started, the nearest first."""
        return tuple(below(self.running.process.pid))

    @property
    def worker(self) -> int:
        """The process that answers."""
        return self.pids[-1]

    @property
    def processor_seconds(self) -> float:
        """User and system time of all its processes so far."""
        return sum(processor_seconds(pid) for pid in self.pids)


@contextmanager
def serve(
    kind: str, application: str, environment: dict[str, str], port: int = 0, folder: Path = ROOT
) -> Iterator[BenchServer]:
    """Started in `folder` and answering; stopped in any case."""
    port = port or find_free_port()
    running = start(
        application,
        cores.on_server_core(command(kind, application, port)),
        environment=environment,
        folder=folder,
        # What the site has to say of each page is not for the table.
        output=subprocess.DEVNULL,
        errors=subprocess.DEVNULL,
    )
    try:
        wait_until_it_answers(port, running)
        yield BenchServer(kind, port, running)
    finally:
        running.stop()


def wait_until_it_answers(port: int, running: Running) -> None:
    """Any status will do. Raises RuntimeError when it ends, or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not running.ended:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.005)
        finally:
            connection.close()
    raise RuntimeError(f"{running.name} did not start")


def below(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from below(int(child))


def processor_seconds(pid: int) -> float:
    """https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 14 and 15; the name may hold blanks."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
