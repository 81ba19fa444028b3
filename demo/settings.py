"""The site's settings for a simulated Microsoft 365, and the demo's own."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping

from cryptography.fernet import Fernet

# Settings of a real installation that may stand in the operator's shell and have no place in a demo.
FOREIGN = ("CLIENT_CERTIFICATE", "CLIENT_ASSERTION_FILE", "OUTBOUND_PROXY", "OUTBOUND_CA", "CACHE_URL", "DEBUG")
IN_MEMORY = "sqlite://:memory:"
NO_SECRET = "of no application"  # nosec B105  # which is why it is none
# Pages are built and settings are checked without a running simulator; nothing of these is in any page.
NO_APPLICATION = {
    "TENANT_ID": "00000000-0000-4000-8000-000000000001",
    "CLIENT_ID": "00000000-0000-4000-8000-000000000002",
    "CLIENT_SECRET": NO_SECRET,
}


def read_port(name: str, default: int) -> int:
    """The port that the environment variable names; ends with one sentence when it is none."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        sys.exit(f"{name} must be a port from 1 to 65535, not {value!r}.")
    return int(value)


def make_environment(
    application: Mapping[str, str], *, site_port: int, simulator: str, database: str = IN_MEMORY
) -> dict[str, str]:
    """The environment of the site's processes. The keys are new each time, as the demo's database is.

    `application` is what `demo.simulator.read_application` found at the address `simulator`.
    """
    demos = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DEMO": "1",
        "SITE_URL": f"http://localhost:{site_port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TOKEN_KEYS": Fernet.generate_key().decode(),
        **application,
        "SIMULATOR": simulator,
        "DATABASE_URL": database,
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }
    unwanted = {f"{name}{end}" for name in (*demos, *FOREIGN) for end in ("", "_FILE")}
    others = {name: value for name, value in os.environ.items() if name not in unwanted}
    return others | demos


def usual_environment() -> dict[str, str]:
    """The environment that pages are built for and that `make check` checks in."""
    simulator = os.environ.get("SIMULATOR") or f"http://127.0.0.1:{read_port('SIMULATOR_PORT', 9000)}"
    return make_environment(NO_APPLICATION, site_port=read_port("PORT", 8000), simulator=simulator)
