"""Graph as one of the simulated people, without the site around it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
import requests

from portal.graph.client import Graph

SCOPES = ["User.Read", "Mail.Read", "MailboxSettings.ReadWrite"]
Opening = Callable[..., Graph]


@pytest.fixture
def open_graph() -> Iterator[Opening]:
    """open_graph("forwarder", deadline=10.0), with any scopes."""
    with requests.Session() as session:
        session.trust_env = False
        root = os.environ["SIMULATOR"]

        def opened(name: str, deadline: float = 10.0, scopes: list[str] = SCOPES, token: str = "") -> Graph:
            wanted = {"address": f"{name}@example.ac.jp", "scopes": scopes}
            given = session.post(f"{root}/control/token", json=wanted, timeout=5).json()["access_token"]
            return Graph(session, token or given, url=f"{root}/graph/v1.0", deadline=deadline)

        yield opened


@pytest.fixture
def graph(open_graph: Opening) -> Graph:
    """The mailbox of somebody who has just arrived."""
    return open_graph("new.student")
