"""What Graph was asked, from the simulator's log."""

from __future__ import annotations

from typing import Any

from tests.simulator_control import Simulator


def list_requests(simulator: Simulator) -> list[dict[str, Any]]:
    """One row per request to Graph, items of a batch too."""
    return [row for row in simulator.requests()["requests"] if row["service"] == "graph"]


def count_round_trips(simulator: Simulator) -> int:
    """How many sets of requests waited for one another."""
    return len({row["client_request_id"] for row in list_requests(simulator)})


def count_requests(simulator: Simulator, method: str, end: str) -> int:
    """How often this was asked; the path's end without its query."""
    return sum(
        row["method"] == method and row["path"].partition("?")[0].endswith(end) for row in list_requests(simulator)
    )
