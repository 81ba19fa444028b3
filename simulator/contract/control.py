"""The simulator's control paths, as a client program uses them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import requests

PATIENCE = 10  # seconds
DOMAIN = "example.ac.jp"


def trust_the_simulator() -> None:
    """Both HTTP libraries read these, and would believe a machine's own before what a program says."""
    os.environ["REQUESTS_CA_BUNDLE"] = os.environ["SSL_CERT_FILE"] = os.environ["CA_FILE"]
    os.environ.pop("CURL_CA_BUNDLE", None)
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"


def simulator() -> str:
    return os.environ["SIMULATOR_HTTPS"]


def ask(method: str, path: str, **body: Any) -> Any:
    answer = requests.request(method, f"{simulator()}/control/{path}", json=body, timeout=PATIENCE)
    answer.raise_for_status()
    return answer.json()


def reset() -> None:
    ask("POST", "reset")


def token(alias: str, *scopes: str) -> str:
    return str(ask("POST", "token", address=f"{alias}@{DOMAIN}", scopes=list(scopes))["access_token"])


@contextlib.contextmanager
def switched(**switches: Any) -> Iterator[None]:
    """With these switches; as at the start afterwards."""
    ask("PUT", "switches", **switches)
    try:
        yield
    finally:
        reset()


def deliver(alias: str, message: bytes) -> None:
    to = {"to": f"{alias}@{DOMAIN}"}
    headers = {"Content-Type": "message/rfc822"}
    address = f"{simulator()}/control/deliver"
    requests.post(address, params=to, data=message, headers=headers, timeout=PATIENCE).raise_for_status()
