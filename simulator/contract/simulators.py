"""Two simulators for one run, one of them over TLS, and what a program must know of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from contract.certificate import write_certificate
from contract.installed import PLACE
from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from m365_simulator.testing import running_simulator

OTHER_AUTHORITIES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS")


@contextlib.contextmanager
def simulators() -> Iterator[dict[str, str]]:
    """The environment of the programs, for as long as both simulators run. Raises NotStarted."""
    ca_file = PLACE / "ca.pem"
    with running_simulator() as plain, running_simulator("--tls", "--ca-file", str(ca_file)) as secure:
        yield environment(plain, secure, ca_file) | write_certificate(PLACE)


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
