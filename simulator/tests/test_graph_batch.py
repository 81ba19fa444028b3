"""Several requests in one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph_person import RULES, GraphPerson, code
from tests.simulator_control import Simulator

JSON = {"Content-Type": "application/json"}
RULE = {"displayName": "made", "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


def get(name: str, url: str = "/me", **more: Any) -> dict[str, Any]:
    return {"id": name, "method": "GET", "url": url, **more}


@pytest.mark.behaviour(14)
def test_more_than_twenty_requests_are_refused(person: GraphPerson) -> None:
    assert person.batch(*(get(str(number)) for number in range(20))).status_code == 200
    assert person.batch(*(get(str(number)) for number in range(21))).status_code == 400


@pytest.mark.behaviour(14)
def test_ids_that_differ_in_case_only_are_refused(person: GraphPerson) -> None:
    assert code(person.batch(get("a"), get("A"))) == (400, "BadRequest")


@pytest.mark.behaviour(15)
def test_answers_are_not_in_the_order_of_the_requests(simulator: Simulator, person: GraphPerson) -> None:
    asked = [get(str(number)) for number in range(4)]
    shuffled = [answer["id"] for answer in person.batch(*asked).json()["responses"]]
    simulator.switch(batch_order="as_sent")
    straight = [answer["id"] for answer in person.batch(*asked).json()["responses"]]
    assert straight == ["0", "1", "2", "3"]
    assert shuffled != straight
    assert sorted(shuffled) == straight


@pytest.mark.behaviour(15)
def test_the_outer_answer_is_200_when_items_fail(simulator: Simulator, person: GraphPerson) -> None:
    """A fault made to order hits an item too."""
    simulator.fault("GET /me/mailFolders", status=429, headers={"Retry-After": "3"}, body={"error": {}})
    answers = person.answers(get("1"), get("2", "/me/mailFolders"), get("3", "/me/mailFolders/nonsense"))
    assert [answers[name]["status"] for name in ("1", "2", "3")] == [200, 429, 400]
    assert answers["2"]["headers"]["Retry-After"] == "3"
    assert answers["3"]["body"]["error"]["code"] == "ErrorInvalidIdMalformed"


@pytest.mark.behaviour(16)
def test_who_waits_for_a_failed_request_fails_with_424(person: GraphPerson) -> None:
    asked = [get("1", "/me/nonsense"), get("2", dependsOn=["1"]), get("3", dependsOn=["2"]), get("4")]
    answers = person.answers(*asked)
    assert [answers[name]["status"] for name in ("1", "2", "3", "4")] == [400, 424, 424, 200]


@pytest.mark.behaviour(16)
def test_who_waits_for_a_good_request_is_carried_out(person: GraphPerson) -> None:
    write = {"id": "1", "method": "POST", "url": RULES, "headers": JSON, "body": RULE}
    answers = person.answers(write, get("2", RULES, dependsOn=["1"]))
    assert answers["1"]["status"] == 201
    assert len(answers["2"]["body"]["value"]) == 1


@pytest.mark.behaviour(17)
def test_a_body_without_a_content_type_is_an_error(simulator: Simulator, person: GraphPerson) -> None:
    write = {"id": "1", "method": "POST", "url": RULES, "body": RULE}
    assert person.batch(write).status_code == 400
    simulator.switch(batch_content_type="item")
    assert person.answers(write, get("2"))["1"]["status"] == 400
    assert person.rules() == []


@pytest.mark.parametrize("url", ["/me", "me", "/me?$select=displayName"])
def test_an_address_is_relative_to_the_version(person: GraphPerson, url: str) -> None:
    assert person.answers(get("1", url))["1"]["body"]["displayName"] == "佐藤 美咲"


@pytest.mark.parametrize("url", ["/v1.0/me", "v1.0/me"])
def test_an_address_with_the_version_is_refused_or_tolerated(
    simulator: Simulator, person: GraphPerson, url: str
) -> None:
    """Microsoft's JavaScript library writes it: https://github.com/microsoftgraph/msgraph-sdk-javascript/issues/1178"""
    refused = person.answers(get("1", url))["1"]
    assert refused["body"]["error"]["message"] == "Resource not found for the segment 'v1.0'."
    simulator.switch(batch_item_version="accepted")
    assert person.answers(get("1", url))["1"]["body"]["displayName"] == "佐藤 美咲"


def test_an_address_may_be_written_plainly_or_encoded(person: GraphPerson) -> None:
    plain = "/me/mailFolders?$filter=displayName eq '研究室'&$top=1"
    encoded = "/me/mailFolders?%24filter=displayName%20eq%20%27%E7%A0%94%E7%A9%B6%E5%AE%A4%27&$top=1"
    answers = person.answers(get("1", plain), get("2", encoded))
    assert answers["1"]["body"]["value"] == answers["2"]["body"]["value"] != []


def test_a_deletion_has_no_body_in_its_answer(person: GraphPerson) -> None:
    made = person.made_rule()
    answers = person.answers({"id": "1", "method": "DELETE", "url": f"{RULES}/{made['id']}"})
    assert answers["1"]["status"] == 204
    assert "body" not in answers["1"]


def test_the_log_lists_each_item(simulator: Simulator, person: GraphPerson) -> None:
    person.answers(get("1"), get("2", "/me/mailFolders/inbox", headers={"client-request-id": "inner"}))
    rows = simulator.requests()["requests"]
    assert [(row["path"], row["batch"]) for row in rows if row["service"] == "graph"] == [
        ("/$batch", False),
        ("/me", True),
        ("/me/mailFolders/inbox", True),
    ]
    assert rows[-1]["client_request_id"] == "inner"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"requests": []},
        {"requests": {}},
        {"requests": [3]},
        {"requests": [{"id": "1"}]},
        {"requests": [{"id": 1, "method": "GET", "url": "/me"}]},
        {"requests": [{"id": "1", "method": "BREW", "url": "/me"}]},
        {"requests": [{"id": "1", "method": "GET", "url": "/me", "headers": []}]},
        {"requests": [{"id": "1", "method": "GET", "url": "/me", "headers": 3}]},
        {"requests": [{"id": "1", "method": "GET", "url": "/me", "dependsOn": "1"}]},
        {"requests": [{"id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"]}]},
    ],
    ids=str,
)
def test_a_malformed_batch_is_refused_whole(person: GraphPerson, body: dict[str, Any]) -> None:
    assert person.ask("POST", "/$batch", json=body).status_code == 400


@pytest.mark.parametrize("url", ["https://graph.microsoft.com/v1.0/me", "http://127.0.0.1/graph/v1.0/me", "//x/me"])
def test_a_whole_address_is_refused(person: GraphPerson, url: str) -> None:
    """https://github.com/microsoftgraph/msgraph-sdk-python/issues/1015"""
    answer = person.answers(get("1", url), get("2"))
    assert (answer["1"]["status"], answer["2"]["status"]) == (400, 200)
    assert answer["1"]["body"]["error"]["code"] == "BadRequest"


@pytest.mark.parametrize("url", ["/$batch", "/%24batch", "/$BATCH", "$batch?x=1"])
def test_a_batch_holds_no_other(person: GraphPerson, url: str) -> None:
    inner = {"id": "1", "method": "POST", "url": url, "headers": JSON, "body": {"requests": [get("2")]}}
    assert person.answers(inner)["1"]["status"] == 400


def test_items_may_run_side_by_side(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(batch_parallelism=4)
    answers = person.answers(*(get(str(number), "/me/mailFolders/inbox") for number in range(12)))
    assert {answer["status"] for answer in answers.values()} == {200}


def test_a_batch_wants_a_token_and_a_post(person: GraphPerson) -> None:
    assert code(person.ask("GET", "/$batch")) == (405, "Request_BadRequest")
    person.token = ""
    assert code(person.batch(get("1"))) == (401, "InvalidAuthenticationToken")


def test_a_hostile_header_of_an_item_breaks_nothing(person: GraphPerson) -> None:
    """Never a 500."""
    hostile = {
        "client-request-id": "a\r\nSet-Cookie: b=c",
        "Content-Type": "application/json; charset=base64",
        "Prefer": "odata.maxpagesize=九",
    }
    answers = person.answers(get("1", headers=hostile), get("2", "/me/mailFolders/delta", headers=hostile))
    assert {answer["status"] for answer in answers.values()} == {200}
