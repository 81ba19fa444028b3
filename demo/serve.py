"""`python -m demo.serve`: the simulator and the site side by side, until Ctrl-C, SIGTERM, or the end of one of them.

Each start begins with the same people, the same mailboxes and an empty database.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from demo import database, ports, settings
from demo.build import build
from demo.processes import Running, start
from demo.simulator import NotStarted, read_application, start_simulator
from demo.stamps import ROOT

PATIENCE = 60.0  # seconds until a process must answer
SITE = ("-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning")
stopping = threading.Event()


def main() -> int:
    """Start, say where things are, watch, stop. 0 when told to stop, 1 when one of them ended by itself."""
    asked = parse_arguments()
    site_port, simulator_port = settings.read_port("PORT", 8000), settings.read_port("SIMULATOR_PORT", 9000)
    ports.require_free("PORT", site_port)
    running_already = os.environ.get("SIMULATOR", "").strip()
    if not running_already:
        ports.require_free("SIMULATOR_PORT", simulator_port)
    file = database.require_unused(asked.var.resolve())
    if not asked.built:
        build(settings.usual_environment())
    database.make_database(file)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    running: list[Running] = []
    try:
        simulator = running_already or start_own(simulator_port, running)
        if wait_for_answer(f"{simulator}/control/application", running):
            print(f"The simulator is steered at {simulator}/control/", flush=True)
            start_site(site_port, simulator, f"sqlite:///{file}", running, edit=asked.edit)
        if wait_for_answer(f"http://127.0.0.1:{site_port}/healthz", running):
            print(f"Ready: http://localhost:{site_port}/", flush=True)
        return watch(running)
    finally:
        for one in reversed(running):
            one.stop()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo.serve", description=__doc__)
    parser.add_argument("--var", type=Path, default=ROOT / "var" / "demo", help="where the database is put")
    parser.add_argument("--built", action="store_true", help="take the files as they were built, for another port even")
    parser.add_argument("--edit", action="store_true", help="make the guides anew at each reload")
    return parser.parse_args()


def start_own(port: int, running: list[Running]) -> str:
    """Its address; ends with one sentence when it does not start, and with 0 when told to stop meanwhile."""
    try:
        simulator, address = start_simulator(port=port, stopping=stopping)
    except NotStarted as problem:
        raise SystemExit(0 if stopping.is_set() else f"{problem}") from None
    running.append(simulator)
    return address


def start_site(port: int, simulator: str, database_url: str, running: list[Running], *, edit: bool) -> None:
    application = read_application(simulator)
    environment = settings.make_environment(application, site_port=port, simulator=simulator, database=database_url)
    if edit:
        environment["DEBUG"] = "1"
    command = [sys.executable, *SITE, "--host", "127.0.0.1", "--port", str(port), "portal.wsgi:application"]
    running.append(start("site", command, environment=environment, folder=ROOT))


def wait_for_answer(address: str, running: list[Running]) -> bool:
    """Wait until the address answers; False when told to stop or when a process ended meanwhile."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while not stopping.is_set() and not any(one.ended for one in running):
        try:
            with opener.open(address, timeout=2):
                return True
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{address} answered {error.code}.") from error
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit(f"{address} did not answer within {PATIENCE:.0f} seconds.") from None
        stopping.wait(0.05)
    return False


def watch(running: list[Running]) -> int:
    while not stopping.wait(0.2):
        for one in running:
            if one.ended:
                print(
                    f"The {one.name} ended by itself (exit code {one.process.returncode}); the rest is stopped.",
                    file=sys.stderr,
                )
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
