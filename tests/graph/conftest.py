"""Graph as one of the simulated people, without the site around it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
import requests

from portal.graph.client import Graph

SCOPES = ["User.Read", "Mail.Read", "MailboxSettings.ReadWrite"]
OpenGraph = Callable[..., Graph]


@pytest.fixture
def open_graph() -> Iterator[OpenGraph]:
    """open_graph("forwarder", deadline=10.0), with any scopes; `claims_sent` gets the claims of each new token."""
    with requests.Session() as session:
        session.trust_env = False
        root = os.environ["SIMULATOR"]

        def open_as(
            name: str,
            deadline: float = 10.0,
            scopes: list[str] = SCOPES,
            token: str = "",
            claims_sent: list[str | None] | None = None,
        ) -> Graph:
            def new_token(claims: str | None = None) -> str:
                wanted = {"address": f"{name}@example.ac.jp", "scopes": scopes}
                return str(session.post(f"{root}/control/token", json=wanted, timeout=5).json()["access_token"])

            def renew(claims: str | None) -> str:
                claims_sent.append(claims)  # type: ignore[union-attr]
                return new_token()

            first = token or new_token()
            renewal = None if claims_sent is None else renew
            return Graph(session, first, url=f"{root}/graph/v1.0", deadline=deadline, renew=renewal)

        yield open_as


@pytest.fixture
def graph(open_graph: OpenGraph) -> Graph:
    """The mailbox of somebody who has just arrived."""
    return open_graph("new.student")
