"""A pytest plugin (`-p tests.simulated`): one simulator for the whole run, and the environment that points at it.

It is loaded before Django reads its settings, so that the site under test is configured as an operator would.
"""

from __future__ import annotations

import atexit
import os

from demo import settings
from demo.simulator import read_application, start_simulator
from demo.stamps import ROOT as ROOT

PORT = 8000  # of the site that Django's test client asks; nobody listens there
SITE_URL = f"http://localhost:{PORT}"


def environment(simulator: str) -> dict[str, str]:
    """The demo's; DATABASE_URL=postgres://… tries the suite on another database."""
    database = os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'test.sqlite3'}"
    application = read_application(simulator)
    usual = settings.make_environment(application, site_port=PORT, simulator=simulator, database=database)
    return usual | {"LOG_LEVEL": "DEBUG"}


def start() -> str:
    """Each process of a run on several cores has a simulator of its own: it is reset before each test."""
    running, address = start_simulator()
    atexit.register(running.stop)
    return address


(ROOT / "var").mkdir(exist_ok=True)
os.environ.update(environment(start()))
