"""Orders for faults, and those that are refused."""

from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faulty_calls import bearer, graph
from tests.simulator_control import Simulator


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"match": 1},
        {"match": "*", "status": "500"},
        {"match": "*", "status": 99},
        {"match": "*", "status": 100},
        {"match": "*", "status": 204, "body": "text"},
        {"match": "*", "body": "without a status"},
        {"match": "*", "times": True},
        {"match": "*", "times": 0},
        {"match": "*", "headers": []},
        {"match": "*", "headers": {"X-A": "one\r\ntwo"}},
        {"match": "*", "headers": {"X-課題": "3"}},
        {"match": "*", "headers": {"Transfer-Encoding": "chunked"}},
        {"match": "*", "truncate_at": -1},
        {"match": "*", "status": 200, "body": "\ud800"},
        {"match": "*", "delay": 5},
        {"match": "*", "delay_ms": -1},
        {"match": "*", "apply_after_ms": 100},
        {"match": "*", "status": 504, "apply_after_ms": -1},
        {"match": "*", "status": 504, "apply_after_ms": 10**12},
    ],
)
def test_a_malformed_fault_is_said_and_not_kept(simulator: Simulator, wrong: dict[str, Any]) -> None:
    address = f"{simulator.address}/control/faults"
    answer = simulator.session.put(address, json=wrong, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert simulator.session.get(address, timeout=10).json() == {"faults": []}


VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 600),
    st.text(max_size=8),
    st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=8), st.integers()), max_size=2),
    st.lists(st.integers(), max_size=2),
)
NAME = st.sampled_from(["address", "status", "headers", "body", "times", "apply", "drop", "truncate_at", "nonsense"])
ORDER = st.dictionaries(NAME, VALUE, max_size=5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDER, match=st.sampled_from(["GET /me", "*", "[", "GET /me/*"]))
def test_any_order_is_a_fault_or_refused_and_the_simulator_goes_on(
    simulator: Simulator, order: dict[str, Any], match: str
) -> None:
    simulator.heal()
    sent = {"match": match, **order}
    taken = simulator.session.put(f"{simulator.address}/control/faults", json=sent, timeout=10)
    assert taken.status_code in (200, 400)
    headers = bearer(simulator)
    if not order.get("drop"):
        answer = requests.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10)
        ordered = order.get("status") if taken.status_code == 200 else None
        assert answer.status_code in (200, ordered)
    simulator.heal()
    assert graph(simulator, "GET", "/me").status_code == 200
