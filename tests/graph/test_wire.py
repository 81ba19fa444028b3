"""One request: when it leaves, when it is sent again, and which problem its answer is."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from demo.ports import find_free_port
from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.wire import Response, parse_object
from tests.graph.request_log import count_requests
from tests.simulator_control import Simulator

INBOX = "/me/mailFolders/inbox"
RULES = f"{INBOX}/messageRules"


def answer(status: int, code: str = "", body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, named, {"error": {"code": code}} if code else body, "id-1")


@pytest.mark.parametrize(
    ("status", "code", "problem"),
    [
        (400, "ErrorInvalidIdMalformed", errors.Missing),
        (400, "ErrorNotSupportedMessageRule", errors.ReadOnlyRule),
        (400, "ErrorInboxRulesValidationError", errors.Refused),
        (400, "BadRequest", errors.Refused),
        (403, "ErrorAccessDenied", errors.Forbidden),
        (403, "Authorization_RequestDenied", errors.Forbidden),
        (403, "ErrorQuotaExceeded", errors.QuotaExceeded),
        (404, "ErrorItemNotFound", errors.Missing),
        (404, "MailboxNotEnabledForRESTAPI", errors.NoMailbox),
        (404, "", errors.Missing),
        (405, "Request_BadRequest", errors.Refused),
        (429, "ApplicationThrottled", errors.Busy),
        (429, "", errors.Busy),
        (302, "", errors.Unavailable),
        (500, "generalException", errors.Unavailable),
        (503, "", errors.Unavailable),
        (504, "UnknownError", errors.Unavailable),
    ],
)
def test_status_and_code_say_which_problem_it_is(status: int, code: str, problem: type[Exception]) -> None:
    found = answer(status, code).problem
    assert type(found) is problem
    assert (found.trace.status, found.trace.code) == (status, code)


@pytest.mark.parametrize("inner", ["innerError", "innererror"])
def test_the_most_specific_known_code_counts(inner: str) -> None:
    body = {"error": {"code": "x", inner: {"code": "ErrorItemNotFound", "innerError": {"code": "y"}}}}
    found = Response(400, {}, body, "id-1").problem
    assert isinstance(found, errors.Missing)
    assert found.trace.code == "ErrorItemNotFound"


@pytest.mark.parametrize("body", [{"error": "down"}, {"error": {"code": 7}}, {"error": {"innerError": []}}, {}, None])
def test_an_error_of_another_shape_is_still_a_problem(body: Any) -> None:
    assert isinstance(Response(400, {}, body, "id-1").problem, errors.Refused)


def test_a_problem_carries_what_support_asks_for_and_nothing_of_the_mail() -> None:
    body = {"error": {"code": "BadRequest", "message": "taro@example.com is bad"}}
    found = Response(400, {"request-id": "r-1"}, body, "id-1").problem
    trace = found.trace
    assert (trace.request_id, trace.client_request_id, trace.at.tzname()) == ("r-1", "id-1", "UTC")
    assert str(found) == "Refused 400 BadRequest request-id=r-1 client-request-id=id-1"


def test_a_claims_challenge_is_decoded() -> None:
    claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'
    for encoded in (base64.b64encode(claims.encode()).decode(), base64.b64encode(claims.encode()).decode().rstrip("=")):
        challenge = f'Bearer realm="", error="insufficient_claims", claims="{encoded}", Bearer realm="x"'
        found = answer(401, www_authenticate=challenge).problem
        assert isinstance(found, errors.SignInAgain)
        assert found.claims == claims


@pytest.mark.parametrize("challenge", ["", 'Bearer error="invalid_token"', 'error="insufficient_claims", claims="A"'])
def test_a_401_without_readable_claims_asks_for_none(challenge: str) -> None:
    found = answer(401, www_authenticate=challenge).problem
    assert isinstance(found, errors.SignInAgain)
    assert found.claims is None


@pytest.mark.parametrize(("said", "seconds"), [("7", 7), ("", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)])
def test_retry_after_is_a_number_of_seconds(said: str, seconds: int | None) -> None:
    found = answer(429, retry_after=said).problem
    assert isinstance(found, errors.Busy)
    assert found.retry_after == seconds


@pytest.mark.parametrize("text", ["", "<html>", "[1]", '"a"', "{", "[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_object_is_none(text: str | bytes) -> None:
    assert parse_object(text) is None
    with pytest.raises(errors.Unavailable):
        Response(200, {}, parse_object(text), "id-1").read_json()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_connection_nothing_was_sent(method: str) -> None:
    with requests.Session() as session:
        graph = Graph(session, "token", url=f"http://127.0.0.1:{find_free_port()}/v1.0")
        with pytest.raises(errors.NotSent):
            graph.write(method, "/me")


def test_a_host_that_the_session_refuses_is_not_asked() -> None:
    with requests.Session() as session:
        session.adapters.clear()
        with pytest.raises(errors.NotSent):
            Graph(session, "token").get("/me")


@pytest.mark.parametrize(
    ("status", "retry_after"), [(429, "1"), (429, "0"), (429, None), (503, "1"), (503, None), (504, None)]
)
def test_a_read_is_repeated_once_after_a_short_pause(
    graph: Graph, simulator: Simulator, status: int, retry_after: str | None
) -> None:
    headers = {"Retry-After": retry_after} if retry_after else {}
    simulator.fault("GET */inbox", status=status, headers=headers, body="<html>", times=1)
    assert graph.get(INBOX)["displayName"] == "Inbox"
    assert count_requests(simulator, "GET", "/inbox") == 2


def test_a_lost_connection_is_tried_once_more(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */inbox", drop=True, times=1)
    assert graph.get(INBOX)["displayName"] == "Inbox"


def test_a_token_is_renewed_once_for_a_page(open_graph: Callable[..., Graph], simulator: Simulator) -> None:
    claims_sent: list[str | None] = []
    graph = open_graph("new.student", claims_sent=claims_sent)
    simulator.fault("GET */inbox", status=401)
    for _ in range(2):
        with pytest.raises(errors.SignInAgain):
            graph.get(INBOX)
    assert len(claims_sent) == 1
    assert count_requests(simulator, "GET", "/inbox") == 3


@pytest.mark.parametrize(
    ("fault", "problem", "times"),
    [
        ({"status": 429, "headers": {"Retry-After": "0"}}, errors.Busy, 2),
        ({"status": 429, "headers": {"Retry-After": "30"}}, errors.Busy, 1),
        ({"status": 503, "headers": {"Retry-After": "7200"}}, errors.Unavailable, 1),
        ({"status": 500}, errors.Unavailable, 1),
        ({"status": 401}, errors.SignInAgain, 1),
        ({"status": 200, "body": "<html>"}, errors.Unavailable, 1),
        ({"status": 200, "body": ""}, errors.Unavailable, 1),
        ({"status": 200, "body": [1]}, errors.Unavailable, 1),
        ({"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}}, errors.Unavailable, 1),
        ({"status": 302, "headers": {"Location": "/graph/v1.0/me/mailFolders/drafts"}}, errors.Unavailable, 1),
        ({"drop": True}, errors.NoAnswer, 2),
    ],
)
def test_a_read_that_goes_on_failing_is_a_problem(
    graph: Graph, simulator: Simulator, fault: dict[str, object], problem: type[Exception], times: int
) -> None:
    simulator.fault("GET */inbox", **fault)
    with pytest.raises(problem):
        graph.get(INBOX)
    assert count_requests(simulator, "GET", "/inbox") == times


def test_a_claims_challenge_is_not_repeated(graph: Graph, simulator: Simulator) -> None:
    challenge = 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'
    simulator.fault("GET */inbox", status=401, headers={"WWW-Authenticate": challenge})
    with pytest.raises(errors.SignInAgain) as problem:
        graph.get(INBOX)
    assert problem.value.claims == '{"a":1}'
    assert count_requests(simulator, "GET", "/inbox") == 1


def test_the_page_ends_at_its_deadline(open_graph: Callable[..., Graph], simulator: Simulator) -> None:
    graph = open_graph("new.student", deadline=0.5)
    simulator.fault("GET */inbox", delay_ms=1500)
    started = time.monotonic()
    with pytest.raises(errors.NoAnswer):
        graph.get(INBOX)
    with pytest.raises(errors.NotSent):
        graph.get(INBOX)
    assert time.monotonic() - started < 1
    assert count_requests(simulator, "GET", "/inbox") == 1


def test_a_pause_beyond_the_deadline_is_not_begun(open_graph: Callable[..., Graph], simulator: Simulator) -> None:
    graph = open_graph("new.student", deadline=0.8)
    simulator.fault("GET */inbox", status=429, headers={"Retry-After": "1"})
    with pytest.raises(errors.Busy):
        graph.get(INBOX)


def test_a_token_that_is_not_taken_asks_for_a_new_sign_in(open_graph: Callable[..., Graph]) -> None:
    with pytest.raises(errors.SignInAgain):
        open_graph("new.student", token="not a token").get(INBOX)


def test_a_missing_scope_is_forbidden(open_graph: Callable[..., Graph]) -> None:
    with pytest.raises(errors.Forbidden):
        open_graph("new.student", scopes=["User.Read"]).get(RULES)
