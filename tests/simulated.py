"""A pytest plugin (`-p tests.simulated`): one simulator for the whole run, and the environment that points at it.

It is loaded before Django reads its settings, so that the site under test is configured as an operator would.
"""

from __future__ import annotations

import atexit
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

from demo.processes import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "http://localhost:8000"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_simulator() -> str:
    """Start it on a free port and wait until it answers; the address."""
    port = free_port()
    command = [sys.executable, "-m", "m365_simulator", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent, stdout=subprocess.DEVNULL)
    atexit.register(process.wait, 5)
    atexit.register(process.terminate)
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            requests.get(f"{address}/control/people", timeout=1)
            return address
        except (requests.ConnectionError, requests.Timeout):
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError("the simulator did not start")


def environment(simulator: str) -> dict[str, str]:
    """The site's settings for a simulated Microsoft 365."""
    from cryptography.fernet import Fernet

    from m365_simulator import tenant

    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DEMO": "1",
        "SITE_URL": SITE_URL,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TOKEN_KEYS": Fernet.generate_key().decode(),
        "TENANT_ID": tenant.TENANT_ID,
        "CLIENT_ID": tenant.CLIENT_ID,
        "CLIENT_SECRET": tenant.CLIENT_SECRET,
        "SIMULATOR": simulator,
        # DATABASE_URL=postgres://… tries the suite on another database.
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'test.sqlite3'}",
        "LOG_LEVEL": "DEBUG",
    }


(ROOT / "var").mkdir(exist_ok=True)
# Each process of a run on several cores has a simulator of its own: it is reset before each test.
os.environ.update(environment(start_simulator()))
