"""Many messages: what a page costs does not grow with what lies around it."""

from __future__ import annotations

import time

import pytest

from tests.graph_person import GraphPerson
from tests.simulator_control import Simulator

LARGE = "large.mailbox"
PAGES = ["/me/messages?$select=id&$top=50", "/me/mailFolders/inbox/messages/delta?$select=id&$top=50"]


def seconds_per_message(simulator: Simulator, path: str, messages: int) -> float:
    """Of listing them all: the quickest of five, for other programs are at work beside it."""
    simulator.reset()
    body = {"number": 7, "messages": messages, "folders": 3}
    simulator.session.post(f"{simulator.address}/control/generate", json=body, timeout=60).raise_for_status()
    owner, quickest = GraphPerson(simulator, LARGE), float("inf")
    for _ in range(5):
        started = time.perf_counter()
        count = len(owner.every(path))
        quickest = min(quickest, (time.perf_counter() - started) / count)
    return quickest


@pytest.mark.parametrize("path", PAGES)
def test_listing_four_times_as_many_messages_takes_four_times_as_long(simulator: Simulator, path: str) -> None:
    """With the square of their number, each message would take four times as long."""
    assert seconds_per_message(simulator, path, 8000) < 3 * seconds_per_message(simulator, path, 2000)
