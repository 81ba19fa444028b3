"""Two simulators for one run, one of them over TLS, and what a program must know of them."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from demo.processes import die_with_parent
from m365_simulator.tenant import CLIENT_ID, CLIENT_SECRET, TENANT_ID
from tests.contract.certificate import write_certificate
from tests.contract.installed import PLACE, ROOT

START = 20.0  # seconds it may take
OTHER_AUTHORITIES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS")


class NotStarted(Exception):
    """One sentence for the person at the keyboard; the simulator has said more on stderr."""


@contextlib.contextmanager
def simulators() -> Iterator[dict[str, str]]:
    """The environment of the programs, for as long as both simulators run."""
    ca_file = PLACE / "ca.pem"
    with started() as plain, started(ca_file) as secure:
        yield environment(plain, secure, ca_file) | write_certificate(PLACE)


@contextlib.contextmanager
def started(ca_file: Path | None = None) -> Iterator[str]:
    """Its address, once it answers. It is stopped in any case, also when this process is killed."""
    port = free_port()
    tls = ["--tls", "--ca-file", str(ca_file)] if ca_file else []
    command = [sys.executable, "-m", "m365_simulator", "--port", str(port), *tls]
    process = subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent, stdout=subprocess.DEVNULL)
    try:
        address = f"{'https' if ca_file else 'http'}://127.0.0.1:{port}"
        wait_for(address, process, ca_file)
        yield address
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], ca_file: Path | None) -> None:
    """Raises NotStarted when it ends, answers with an error, or does not answer in time."""
    until = time.monotonic() + START
    while process.poll() is None and time.monotonic() < until:
        status = answer_of(address, ca_file)
        if status == 200:
            return
        if status:
            raise NotStarted(f"The simulator answers with {status}.")
        time.sleep(0.05)
    raise NotStarted("The simulator did not start.")


def answer_of(address: str, ca_file: Path | None) -> int | None:
    """The status of its answer, None when there is none yet."""
    session = requests.Session()
    session.trust_env = False  # the machine's own authorities would be believed instead
    session.verify = str(ca_file) if ca_file else True
    try:
        return session.get(f"{address}/control/people", timeout=START).status_code
    except (requests.RequestException, OSError):  # OSError: the authority is not written yet
        return None


def environment(plain: str, secure: str, ca_file: Path) -> dict[str, str]:
    """The machine's, but with the authority of this run only, and no proxy."""
    kept = {name: value for name, value in os.environ.items() if name not in OTHER_AUTHORITIES}
    return kept | {
        "SIMULATOR_HTTP": plain,
        "SIMULATOR_HTTPS": secure,
        "CA_FILE": str(ca_file),
        "NODE_EXTRA_CA_CERTS": str(ca_file),  # Node.js reads it once, before the program
        "NO_PROXY": "*",
        "no_proxy": "*",
        "TENANT_ID": TENANT_ID,
        "CLIENT_ID": CLIENT_ID,
        "CLIENT_SECRET": CLIENT_SECRET,
    }
