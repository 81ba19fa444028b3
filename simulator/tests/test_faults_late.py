"""Faults that are answered before the request takes effect."""

import time
from typing import Any

import pytest
import requests

from tests.faulty_calls import ME, RULE, RULES, bearer, graph, names
from tests.simulator_control import Simulator


def appears(simulator: Simulator, name: str) -> bool:
    """Whether a rule of this name is there before long."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if name in names(simulator):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("fault", [{"status": 504}, {"status": 502, "apply": False}])
def test_it_may_be_answered_before_the_request_takes_effect(simulator: Simulator, fault: dict[str, Any]) -> None:
    simulator.fault("POST */messageRules", times=1, apply_after_ms=400, **fault)
    started = time.monotonic()
    assert graph(simulator, "POST", RULES, json=RULE).status_code == fault["status"]
    assert time.monotonic() - started < 0.4
    assert "made" not in names(simulator)
    assert appears(simulator, "made")
    assert time.monotonic() - started >= 0.4


def test_a_late_effect_meets_the_mailbox_as_it_is_then(simulator: Simulator) -> None:
    made = graph(simulator, "POST", RULES, json=RULE).json()
    simulator.fault("PATCH */messageRules/*", status=504, times=1, apply_after_ms=300)
    graph(simulator, "PATCH", f"{RULES}/{made['id']}", json={"isEnabled": False})
    graph(simulator, "PATCH", f"{RULES}/{made['id']}", json={"displayName": "renamed meanwhile"})
    until = time.monotonic() + 5
    while (rule := rule_named(simulator, "renamed meanwhile"))["isEnabled"] and time.monotonic() < until:
        time.sleep(0.02)
    assert rule["isEnabled"] is False


def rule_named(simulator: Simulator, name: str) -> dict[str, Any]:
    return next(rule for rule in simulator.rules(ME) if rule["displayName"] == name)


def test_a_dropped_connection_may_take_effect_later(simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", drop=True, times=1, apply_after_ms=200)
    headers = bearer(simulator)
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{simulator.address}/graph/v1.0{RULES}", json=RULE, headers=headers, timeout=10)
    assert "made" not in names(simulator)
    assert appears(simulator, "made")


def test_an_item_of_a_batch_may_take_effect_later(simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", status=504, times=1, apply_after_ms=200)
    write = {"method": "POST", "url": RULES, "headers": {"Content-Type": "application/json"}, "body": RULE}
    items = [{"id": "1", **write}, {"id": "2", "method": "GET", "url": "/me"}]
    answer = graph(simulator, "POST", "/$batch", json={"requests": items})
    assert {item["id"]: item["status"] for item in answer.json()["responses"]} == {"1": 504, "2": 200}
    assert "made" not in names(simulator)
    assert appears(simulator, "made")


def test_a_whole_batch_may_take_effect_later(simulator: Simulator) -> None:
    simulator.fault("POST /$batch", status=504, times=1, apply_after_ms=200)
    write = {"method": "POST", "url": RULES, "headers": {"Content-Type": "application/json"}, "body": RULE}
    assert graph(simulator, "POST", "/$batch", json={"requests": [{"id": "1", **write}]}).status_code == 504
    assert appears(simulator, "made")


def test_a_reset_calls_off_what_is_still_to_take_effect(simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", status=504, times=1, apply_after_ms=300)
    graph(simulator, "POST", RULES, json=RULE)
    simulator.reset()
    time.sleep(0.5)
    assert "made" not in names(simulator)
