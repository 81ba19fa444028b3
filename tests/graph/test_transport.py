"""Where a request fails before it leaves."""

from __future__ import annotations

import pytest
import requests

from portal.graph import errors
from portal.graph.client import Graph
from tests.simulated import free_port


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_connection_nothing_was_sent(method: str) -> None:
    with requests.Session() as session:
        graph = Graph(session, "token", url=f"http://127.0.0.1:{free_port()}/v1.0")
        with pytest.raises(errors.NotSent):
            graph.write(method, "/me")


def test_a_host_that_the_session_refuses_is_not_asked() -> None:
    with requests.Session() as session:
        session.adapters.clear()
        with pytest.raises(errors.NotSent):
            Graph(session, "token").get("/me")
