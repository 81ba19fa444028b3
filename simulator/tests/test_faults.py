"""Faults made to order."""

import time

import pytest
import requests

from tests.application import Application
from tests.faulty_calls import ME, RULE, RULES, batch, bearer, graph, names
from tests.simulator_control import Simulator


def test_a_fault_answers_in_place_of_graph(simulator: Simulator) -> None:
    body = {"error": {"code": "ApplicationThrottled", "message": "Too much."}}
    simulator.fault("GET /me", status=429, headers={"Retry-After": "7"}, body=body)
    answer = graph(simulator, "GET", "/me")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json() == body
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.behaviour(9, 10)
@pytest.mark.parametrize("status", [429, 503, 504])
@pytest.mark.parametrize("headers", [{}, {"Retry-After": "2"}], ids=["without", "with"])
@pytest.mark.parametrize(
    "body", ["", "<h1>Service unavailable</h1>", '{"error": {"co'], ids=["empty", "HTML", "broken"]
)
def test_a_service_may_be_busy_in_every_way(
    simulator: Simulator, status: int, headers: dict[str, str], body: str
) -> None:
    simulator.fault("GET /me", status=status, headers=headers, body=body)
    answer = graph(simulator, "GET", "/me")
    assert (answer.status_code, answer.text) == (status, body)
    assert answer.headers.get("Retry-After") == headers.get("Retry-After")


def test_a_body_may_be_any_text_or_nothing(simulator: Simulator) -> None:
    simulator.fault("GET /me", status=503, body="<h1>Service unavailable</h1>", times=1)
    simulator.fault("GET /me", status=504)
    assert graph(simulator, "GET", "/me").text == "<h1>Service unavailable</h1>"
    empty = graph(simulator, "GET", "/me")
    assert (empty.status_code, empty.content) == (504, b"")


def test_it_ends_after_its_times_and_those_after_it_follow(simulator: Simulator) -> None:
    simulator.fault("GET /me", status=429, times=2)
    simulator.fault("GET /me", status=503, times=1)
    assert [graph(simulator, "GET", "/me").status_code for _ in range(4)] == [429, 429, 503, 200]


def test_it_can_be_taken_away(simulator: Simulator) -> None:
    simulator.fault("*", status=500)
    simulator.heal()
    assert graph(simulator, "GET", "/me").status_code == 200


@pytest.mark.parametrize("match", ["POST */messageRules", "POST /me/mailFolders/*/messageRules", "POST *"])
def test_it_hits_only_what_matches(simulator: Simulator, match: str) -> None:
    simulator.fault(match, status=500)
    assert graph(simulator, "GET", RULES).status_code == 200
    assert graph(simulator, "POST", RULES, json=RULE).status_code == 500


def test_the_query_may_be_part_of_the_pattern(simulator: Simulator) -> None:
    simulator.fault("GET /me/mailFolders*$top=5*", status=500)
    assert graph(simulator, "GET", "/me/mailFolders?$top=6").status_code == 200
    assert graph(simulator, "GET", "/me/mailFolders?$top=5").status_code == 500


def test_it_can_be_for_one_person(simulator: Simulator) -> None:
    simulator.fault("GET /me", status=500, address="Forwarder@example.ac.jp")
    assert graph(simulator, "GET", "/me").status_code == 200
    assert graph(simulator, "GET", "/me", "forwarder@example.ac.jp").status_code == 500


def test_without_apply_nothing_happens_with_it_everything_does(simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", status=504, times=1)
    assert graph(simulator, "POST", RULES, json=RULE).status_code == 504
    assert "made" not in names(simulator)
    simulator.fault("POST */messageRules", status=504, times=1, apply=True)
    assert graph(simulator, "POST", RULES, json=RULE).status_code == 504
    assert "made" in names(simulator)


def test_a_delay_alone_only_makes_it_late(simulator: Simulator) -> None:
    simulator.fault("GET /me", delay_ms=300, headers={"X-Late": "yes"})
    started = time.monotonic()
    answer = graph(simulator, "GET", "/me")
    assert answer.status_code == 200
    assert answer.headers["X-Late"] == "yes"
    assert time.monotonic() - started >= 0.3


def test_a_dropped_connection_brings_no_answer(simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", drop=True, apply=True)
    headers = bearer(simulator)
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{simulator.address}/graph/v1.0{RULES}", json=RULE, headers=headers, timeout=10)
    assert "made" in names(simulator)


def test_an_answer_may_be_cut_short(simulator: Simulator) -> None:
    simulator.fault("GET /me", truncate_at=40, times=1)
    cut = graph(simulator, "GET", "/me")
    assert (cut.status_code, len(cut.content)) == (200, 40)
    assert graph(simulator, "GET", "/me").content.startswith(cut.content)


def test_a_cut_answer_may_break_off_before_the_length_it_announced(simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", truncate_at=40, drop=True, times=1)
    headers = bearer(simulator)
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="40 bytes read"):
        requests.post(f"{simulator.address}/graph/v1.0{RULES}", json=RULE, headers=headers, timeout=10)
    assert "made" in names(simulator)
    assert simulator.requests()["requests"][0]["status"] == 201


def test_the_answer_of_a_fault_is_cut_too(simulator: Simulator) -> None:
    body = {"error": {"code": "ServiceNotAvailable"}}
    simulator.fault("POST */messageRules", status=503, body=body, truncate_at=10, times=1)
    assert graph(simulator, "POST", RULES, json=RULE).text == '{"error": '
    assert "made" not in names(simulator)


def test_an_item_of_a_batch_may_be_cut_short(simulator: Simulator) -> None:
    simulator.fault("GET /me", truncate_at=20)
    answers = {item["id"]: item["body"] for item in batch(simulator).json()["responses"]}
    assert len(answers["1"]) == 20
    assert answers["2"]["value"] is not None


def test_it_hits_one_item_of_a_batch(simulator: Simulator) -> None:
    simulator.fault(f"GET {RULES}", status=429, headers={"Retry-After": "1"})
    answers = {item["id"]: item for item in batch(simulator).json()["responses"]}
    assert (answers["1"]["status"], answers["2"]["status"]) == (200, 429)
    assert answers["2"]["headers"]["Retry-After"] == "1"


def test_a_dropped_item_drops_the_batch(simulator: Simulator) -> None:
    simulator.fault(f"GET {RULES}", drop=True)
    with pytest.raises(requests.ConnectionError):
        batch(simulator)


def test_the_token_endpoint_may_answer_with_a_page_or_break_off(application: Application, simulator: Simulator) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    simulator.fault("POST */token", status=200, body="<html>Sign in to the Wi-Fi</html>", times=1, address=ME)
    simulator.fault("POST */token", truncate_at=30, times=1)
    assert application.refresh(token).headers["Content-Type"] == "text/html"
    assert len(application.refresh(token).content) == 30


def test_sign_in_may_take_effect_though_its_answer_is_lost(application: Application, simulator: Simulator) -> None:
    code = application.code_of("full.mailbox")
    simulator.fault("POST */token", status=502, apply=True, times=1)
    assert application.redeem(code).status_code == 502
    assert application.redeem(code).json()["error"] == "invalid_grant"


def test_it_hits_the_token_endpoint_too(application: Application, simulator: Simulator) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    simulator.fault("POST */token", status=503, times=1, address=ME)
    assert application.refresh(token).status_code == 503
    assert application.refresh(token).status_code == 200
