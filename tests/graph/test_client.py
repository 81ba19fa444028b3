"""Reads, batches and writes against the simulated Graph, when it works and when it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.graph import errors
from portal.graph.client import Graph, Read, list_members, quote_id
from tests.graph.request_log import count_requests, count_round_trips, list_requests
from tests.simulator_control import Simulator

INBOX = "/me/mailFolders/inbox"
RULES = f"{INBOX}/messageRules"
NEW_RULE = {"displayName": "a", "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}


def test_an_id_is_one_segment_of_a_path() -> None:
    assert quote_id("AQ/+A=") == "AQ%2F%2BA%3D"


def test_a_read_gives_the_json(graph: Graph) -> None:
    assert graph.get(INBOX)["displayName"] == "Inbox"


CHALLENGE = {"WWW-Authenticate": 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'}
CHALLENGES = pytest.mark.parametrize(("headers", "claims"), [({}, None), (CHALLENGE, '{"a":1}')])


@CHALLENGES
def test_after_a_401_one_new_token_is_fetched_and_the_read_is_sent_again(
    open_graph: Callable[..., Graph], simulator: Simulator, headers: dict[str, str], claims: str | None
) -> None:
    claims_sent: list[str | None] = []
    graph = open_graph("new.student", token="ended", claims_sent=claims_sent)
    simulator.fault("GET */inbox", status=401, headers=headers, times=1)
    assert graph.get(INBOX)["displayName"] == "Inbox"
    assert graph.get(INBOX)["displayName"] == "Inbox"
    assert claims_sent == [claims]


@CHALLENGES
def test_after_a_401_a_write_is_not_sent_again_before_somebody_looked_what_it_did(
    open_graph: Callable[..., Graph], simulator: Simulator, headers: dict[str, str], claims: str | None
) -> None:
    claims_sent: list[str | None] = []
    simulator.fault("POST */messageRules", status=401, headers=headers, apply=True, times=1)
    graph = open_graph("new.student", claims_sent=claims_sent)
    with pytest.raises(errors.SignInAgain) as refused:
        graph.write("POST", RULES, NEW_RULE)
    assert refused.value.claims == claims
    assert claims_sent == []
    assert graph.renew_token(refused.value.claims)
    assert claims_sent == [claims]
    assert len(graph.get_all(RULES)) == 1


@CHALLENGES
def test_a_401_on_items_of_a_batch_is_answered_with_one_new_token(
    open_graph: Callable[..., Graph], simulator: Simulator, headers: dict[str, str], claims: str | None
) -> None:
    claims_sent: list[str | None] = []
    simulator.fault("GET */inbox", status=401, headers=headers, times=1)
    simulator.fault("GET */drafts", status=401, headers=headers, times=1)
    found = open_graph("new.student", claims_sent=claims_sent).batch([INBOX, "/me/mailFolders/drafts"])
    assert [answer["displayName"] for answer in found if isinstance(answer, dict)] == ["Inbox", "Drafts"]
    assert claims_sent == [claims]


def test_a_collection_is_a_list_of_objects() -> None:
    assert list_members({"value": [{}]}) == [{}]
    assert list_members({"value": ["a"]}) is None
    assert list_members({}) is None


def test_all_pages_are_read(graph: Graph) -> None:
    assert len(graph.get_all("/me/mailFolders?$top=3")) == len(graph.get_all("/me/mailFolders?$top=100"))


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.example/v1.0/me/mailFolders?$skip=3",
        "{root}.example/graph/v1.0/me/mailFolders",
        "{other_name}/graph/v1.0/me/mailFolders",
        "{root}/graph/v1.0/../control/people",
        "{root}/control/people",
        7,
    ],
)
def test_the_token_follows_no_link_elsewhere(graph: Graph, simulator: Simulator, link: object) -> None:
    names = {"root": simulator.address, "other_name": simulator.address.replace("127.0.0.1", "localhost")}
    there = link.format(**names) if isinstance(link, str) else link
    simulator.fault("GET /me/mailFolders", status=200, body={"value": [], "@odata.nextLink": there})
    with pytest.raises(errors.Unavailable):
        graph.get_all("/me/mailFolders")
    assert len(list_requests(simulator)) == 1


def test_pages_that_lead_in_a_ring_end(graph: Graph, simulator: Simulator) -> None:
    link = f"{simulator.address}/graph/v1.0/me/mailFolders"
    simulator.fault("GET /me/mailFolders", status=200, body={"value": [], "@odata.nextLink": link})
    with pytest.raises(errors.Unavailable):
        graph.get_all("/me/mailFolders")


def test_a_batch_keeps_the_order_asked_and_each_item_fails_alone(graph: Graph, simulator: Simulator) -> None:
    inbox, missing, rules = graph.batch([Read(INBOX), "/me/mailFolders/AAAA", RULES])
    assert isinstance(inbox, dict)
    assert inbox["displayName"] == "Inbox"
    assert isinstance(missing, errors.Missing)
    assert isinstance(rules, dict)
    assert count_round_trips(simulator) == 1


def test_a_large_batch_is_split_and_stays_one_round_trip(graph: Graph, simulator: Simulator) -> None:
    found = graph.batch([f"/me/mailFolders?$top={number}" for number in range(1, 46)])
    assert all(isinstance(answer, dict) for answer in found)
    assert count_requests(simulator, "POST", "/$batch") == 3
    assert count_round_trips(simulator) == 1


def test_an_empty_batch_asks_nothing(graph: Graph, simulator: Simulator) -> None:
    assert graph.batch([]) == []
    assert list_requests(simulator) == []


def test_only_the_busy_items_of_a_batch_are_repeated(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */inbox", status=429, headers={"Retry-After": "1"}, times=1)
    inbox, drafts = graph.batch([INBOX, "/me/mailFolders/drafts"])
    assert isinstance(inbox, dict)
    assert isinstance(drafts, dict)
    assert (count_requests(simulator, "GET", "/inbox"), count_requests(simulator, "GET", "/drafts")) == (2, 1)


def test_an_item_that_stays_busy_is_a_problem_of_its_own(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */inbox", status=429, headers={"Retry-After": "60"})
    inbox, drafts = graph.batch([INBOX, "/me/mailFolders/drafts"])
    assert isinstance(inbox, errors.Busy)
    assert inbox.retry_after == 60
    assert isinstance(drafts, dict)


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 200, "body": {}}, {"status": 200, "body": {"responses": [7]}}, {"drop": True}]
)
def test_a_batch_that_fails_whole_is_the_problem_of_each_item(
    graph: Graph, simulator: Simulator, fault: dict[str, object]
) -> None:
    simulator.fault("POST /$batch", **fault)
    found = graph.batch([INBOX, "/me/mailFolders/drafts"])
    assert [isinstance(answer, errors.Unavailable) for answer in found] == [True, True]


def test_a_401_on_one_item_concerns_the_whole_page(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */inbox", status=401)
    with pytest.raises(errors.SignInAgain):
        graph.batch([INBOX, "/me/mailFolders/drafts"])


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 503, "headers": {"Retry-After": "0"}},
        {"status": 504},
        {"drop": True},
        {"status": 200, "body": "<html>"},
        {"status": 307, "headers": {"Location": f"/graph/v1.0{RULES}"}},
    ],
)
@pytest.mark.parametrize("done", [True, False])
def test_a_write_without_a_usable_answer_is_in_doubt_and_never_repeated(
    graph: Graph, simulator: Simulator, fault: dict[str, object], done: bool
) -> None:
    simulator.fault("POST */messageRules", apply=done, **fault)
    with pytest.raises(errors.Doubtful):
        graph.write("POST", RULES, NEW_RULE)
    assert count_requests(simulator, "POST", "/messageRules") == 1
    assert len(simulator.rules("new.student@example.ac.jp")) == int(done)


def test_a_write_whose_answer_is_late_is_in_doubt(open_graph: Callable[..., Graph], simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", delay_ms=1000)
    with pytest.raises(errors.Doubtful):
        open_graph("new.student", deadline=0.4).write("POST", RULES, NEW_RULE)


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ({"status": 429, "headers": {"Retry-After": "0"}}, errors.Busy),
        ({"status": 401}, errors.SignInAgain),
        ({"status": 403, "body": {"error": {"code": "ErrorAccessDenied"}}}, errors.Forbidden),
        ({"status": 400, "body": {"error": {"code": "ErrorInboxRulesValidationError"}}}, errors.Refused),
    ],
)
def test_a_write_that_was_refused_changed_nothing_and_is_not_repeated(
    graph: Graph, simulator: Simulator, fault: dict[str, object], problem: type[Exception]
) -> None:
    simulator.fault("POST */messageRules", **fault)
    with pytest.raises(problem):
        graph.write("POST", RULES, NEW_RULE)
    assert count_requests(simulator, "POST", "/messageRules") == 1


def test_a_write_that_cannot_leave_is_no_doubt(graph: Graph, open_graph: Callable[..., Graph]) -> None:
    with pytest.raises(errors.NotSent):
        open_graph("new.student", deadline=0).write("POST", RULES, NEW_RULE)
