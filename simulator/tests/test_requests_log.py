"""What was asked, as `/control/requests` tells it."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from m365_simulator.requests_log import MOST, LoggedRequest, RequestsLog
from tests.application import Application
from tests.faulty_calls import ME, RULES, batch, bearer, graph
from tests.simulator_control import Simulator


def test_a_request_is_listed_with_who_what_and_when(simulator: Simulator) -> None:
    headers = bearer(simulator) | {"client-request-id": "mine"}
    simulator.session.get(f"{simulator.address}/graph/v1.0/me/mailFolders?$top=3", headers=headers, timeout=10)
    [row] = simulator.requests()["requests"]
    assert (row["service"], row["method"], row["path"]) == ("graph", "GET", "/me/mailFolders?$top=3")
    assert (row["status"], row["batch"], row["person"]) == (200, False, ME)
    assert row["client_request_id"] == "mine"
    assert row["started"] < row["ended"]


def test_the_items_of_a_batch_are_listed_after_it(simulator: Simulator) -> None:
    batch(simulator)
    rows = simulator.requests()["requests"]
    assert [(row["path"], row["batch"]) for row in rows] == [("/$batch", False), ("/me", True), (RULES, True)]
    assert {row["person"] for row in rows} == {ME}


def test_sign_in_is_listed_below_its_tenant(application: Application, simulator: Simulator) -> None:
    application.sign_in("full.mailbox")
    rows = simulator.requests()["requests"]
    assert [row["path"].partition("?")[0] for row in rows] == ["/oauth2/v2.0/authorize", "/oauth2/v2.0/token"]
    assert {row["service"] for row in rows} == {"login"}
    assert {row["person"] for row in rows} == {ME}


def test_the_most_at_once_are_counted_and_a_batch_is_one(simulator: Simulator) -> None:
    batch(simulator)
    assert simulator.requests()["most_in_flight"] == 1
    simulator.fault("GET /me", delay_ms=400)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: graph(simulator, "GET", "/me"), range(3)))
    assert simulator.requests()["most_in_flight"] == 3


def test_a_dropped_connection_is_status_0(simulator: Simulator) -> None:
    simulator.fault("GET /me", drop=True)
    headers = bearer(simulator)
    with contextlib.suppress(OSError):
        simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10)
    assert simulator.requests()["requests"][0]["status"] == 0


def test_steering_is_not_listed(simulator: Simulator) -> None:
    simulator.people()
    assert simulator.requests() == {"requests": [], "most_in_flight": 0}


def test_of_a_very_long_run_the_older_half_is_forgotten() -> None:
    log = RequestsLog()
    for number in range(MOST + 1):
        log.start(LoggedRequest("graph", "GET", f"/{number}", True, None, None, float(number)))
    paths = [row["path"] for row in log.as_json()["requests"]]
    assert len(paths) == MOST // 2 + 1
    assert paths[-1] == f"/{MOST}"
