"""How much Outlook's part of Graph takes from one mailbox.

https://learn.microsoft.com/graph/throttling-limits
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.graph_person import RULES, GraphPerson, addressed, code
from tests.simulator_control import Simulator

FOLDERS = "/me/mailFolders"


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


@pytest.mark.behaviour(8)
def test_more_than_four_requests_in_flight_are_throttled(simulator: Simulator, person: GraphPerson) -> None:
    simulator.fault("GET /me/mailFolders*", delay_ms=400)
    address = f"{simulator.address}/graph/v1.0/me/mailFolders"
    headers = {"Authorization": f"Bearer {person.token}"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: requests.get(address, headers=headers, timeout=10), range(8)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert code(refused[0]) == (429, "ApplicationThrottled")
    assert refused[0].headers["Retry-After"].isdigit()
    time.sleep(0.1)
    simulator.heal()
    assert person.get("/me/mailFolders")


@pytest.mark.behaviour(8)
def test_four_requests_in_flight_are_fine(simulator: Simulator, person: GraphPerson) -> None:
    simulator.fault("GET /me/mailFolders*", delay_ms=200)
    address = f"{simulator.address}/graph/v1.0/me/mailFolders"
    headers = {"Authorization": f"Bearer {person.token}"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: requests.get(address, headers=headers, timeout=10), range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4


def spend(person: GraphPerson, requests: int) -> None:
    for _ in range(requests):
        assert person.ask("GET", FOLDERS).status_code == 200


@pytest.mark.behaviour(8)
def test_too_many_requests_in_ten_minutes_are_throttled(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(mailbox_rate=3)
    spend(person, 3)
    answer = person.ask("GET", FOLDERS)
    assert code(answer) == (429, "ApplicationThrottled")
    assert 590 < int(answer.headers["Retry-After"]) <= 600
    assert code(person.ask("POST", RULES, json={})) == (429, "ApplicationThrottled")


def test_ten_thousand_requests_are_fine_unless_a_test_lowers_the_limit(simulator: Simulator) -> None:
    listed = simulator.session.get(f"{simulator.address}/control/switches", timeout=10).json()["switches"]
    assert {row["name"]: row["value"] for row in listed}["mailbox_rate"] == 10_000


@pytest.mark.behaviour(8)
def test_the_limit_is_that_of_one_mailbox_and_not_of_the_directory(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(mailbox_rate=1)
    spend(person, 1)
    assert person.ask("GET", FOLDERS).status_code == 429
    assert person.get("/me")["displayName"] == "佐藤 美咲"
    assert GraphPerson(simulator, "forwarder").get(FOLDERS)


@pytest.mark.behaviour(8, 15)
def test_each_item_of_a_batch_counts_and_the_batch_does_not(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(mailbox_rate=2)
    asked = [{"id": str(number), "method": "GET", "url": FOLDERS} for number in range(4)]
    answers = person.answers(*asked)
    assert sorted(answer["status"] for answer in answers.values()) == [200, 200, 429, 429]
    assert answers["3"]["headers"]["Retry-After"].isdigit()


@pytest.mark.behaviour(9)
def test_a_throttled_answer_may_not_say_how_long_to_wait(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(mailbox_rate=0, throttling_says_when=False)
    answer = person.ask("GET", FOLDERS)
    assert code(answer) == (429, "ApplicationThrottled")
    assert "Retry-After" not in answer.headers


def test_a_full_mailbox_may_refuse_even_to_be_read(simulator: Simulator, person: GraphPerson) -> None:
    """Seen at https://github.com/microsoftgraph/microsoft-graph-docs/issues/2927"""
    over = GraphPerson(simulator, "over.quota")
    assert over.get(FOLDERS)
    simulator.switch(full_mailbox_reads="refused")
    for path in (FOLDERS, RULES, "/me/messages"):
        assert code(over.ask("GET", path)) == (403, "ErrorQuotaExceeded")
    assert over.make_rule(actions={"forwardTo": addressed("a@example.com")}).status_code == 201
    assert person.get(FOLDERS)
