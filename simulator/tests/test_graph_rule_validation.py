"""What the service refuses in a rule: 400, and nothing is written. All are behaviour 38 or 12."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from m365_simulator.graph.vocabulary import ACTIONS, PREDICATES
from tests.graph_person import RULES, GraphPerson, addressed, code
from tests.simulator_control import Simulator


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("without actions", {"actions": None}, "MissingParameter"),
    ("with empty actions", {"actions": {}}, "MissingAction"),
    ("with false actions only", {"actions": {"delete": False}}, "MissingAction"),
    ("without a name", {"displayName": None}, "MissingParameter"),
    ("with a blank name", {"displayName": " "}, "EmptyValueFound"),
    ("with an endless name", {"displayName": "あ" * 257}, "StringValueTooBig"),
    ("without a sequence", {"sequence": None}, "MissingParameter"),
    ("with a negative sequence", {"sequence": -1}, "InvalidValue"),
    ("with a bad address", {"actions": {"forwardTo": addressed("nobody")}}, "InvalidAddress"),
    ("with a space in an address", {"actions": {"redirectTo": addressed("a b@example.com")}}, "InvalidAddress"),
    ("with a full-width address", {"actions": {"forwardTo": addressed("ａ＠example.com")}}, "InvalidAddress"),
    ("with a malformed folder", {"actions": {"moveToFolder": "nonsense"}}, "InvalidFolderId"),
    ("with a well-known folder", {"actions": {"moveToFolder": "archive"}}, "InvalidFolderId"),
    (
        "with an inverted size range",
        {"conditions": {"withinSizeRange": {"minimumSize": 9, "maximumSize": 3}}},
        "InvalidSizeRange",
    ),
    (
        "with a negative size",
        {"conditions": {"withinSizeRange": {"minimumSize": -1}}},
        "SizeLessThanZero",
    ),
    ("with a range without ends", {"conditions": {"withinSizeRange": {}}}, "MissingRangeValue"),
    ("with an empty word", {"conditions": {"subjectContains": [""]}}, "EmptyValueFound"),
    ("with an endless word", {"exceptions": {"bodyContains": ["x" * 256]}}, "StringValueTooBig"),
]


@pytest.mark.behaviour(38)
@pytest.mark.parametrize(("changed", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_rule_is_refused(person: GraphPerson, changed: dict[str, Any], reason: str) -> None:
    answer = person.make_rule(**changed)
    assert code(answer) == (400, "ErrorInboxRulesValidationError")
    assert answer.json()["error"]["message"].startswith(reason)
    assert person.rules() == []


MISTYPED: list[dict[str, Any]] = [
    {"nonsense": 1},
    {"conditions": {"nonsense": True}},
    {"actions": {"markAsRead": True, "flag": True}},
    {"conditions": {"importance": "urgent"}},
    {"conditions": {"hasAttachments": "yes"}},
    {"conditions": {"hasAttachments": 0}},
    {"conditions": {"subjectContains": "課題"}},
    {"conditions": {"subjectContains": [1]}},
    {"conditions": {"fromAddresses": ["a@example.com"]}},
    {"conditions": {"withinSizeRange": {"minimumSize": "1"}}},
    {"conditions": {"withinSizeRange": {"minimumSize": 2**31}}},
    {"conditions": []},
    {"actions": {"forwardTo": [{"address": "a@example.com"}]}},
    {"actions": {"moveToFolder": 3}},
    {"isEnabled": "true"},
    {"sequence": True},
    {"displayName": 7},
]


@pytest.mark.behaviour(12)
@pytest.mark.parametrize("changed", MISTYPED, ids=str)
def test_an_unknown_property_or_another_type_cannot_be_read(person: GraphPerson, changed: dict[str, Any]) -> None:
    assert code(person.make_rule(**changed)) == (400, "RequestBodyRead")
    assert person.rules() == []


@pytest.mark.behaviour(38)
def test_the_code_of_a_refused_rule_is_a_switch(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(rule_error_code="ErrorInvalidRequest")
    assert code(person.make_rule(actions={})) == (400, "ErrorInvalidRequest")


@pytest.mark.behaviour(38)
def test_a_folder_of_somebody_else_is_refused(simulator: Simulator, person: GraphPerson) -> None:
    foreign = GraphPerson(simulator, "forwarder").get("/me/mailFolders/inbox")["id"]
    answer = person.make_rule(actions={"moveToFolder": foreign})
    assert answer.json()["error"]["message"].startswith("FolderDoesNotExist")


@pytest.mark.behaviour(40)
def test_more_than_ten_forwardees_are_accepted_all_the_same(person: GraphPerson) -> None:
    many = addressed(*(f"p{number}@example.com" for number in range(11)))
    assert person.make_rule(actions={"forwardTo": many}).status_code == 201


def test_rules_that_are_on_share_256_kilobytes(person: GraphPerson) -> None:
    words = [f"{number:0200}" for number in range(400)]
    for number in range(3):
        assert person.make_rule(displayName=f"n{number}", conditions={"bodyContains": words}).status_code == 201
    assert code(person.make_rule(conditions={"bodyContains": words})) == (400, "ErrorRulesOverQuota")
    assert person.make_rule(isEnabled=False, conditions={"bodyContains": words}).status_code == 201


VALUES: dict[Any, Any] = {
    "words": ["課題", "report"],
    "people": addressed("a@example.com"),
    "flag": True,
    "range": {"minimumSize": 1, "maximumSize": 5},
}


def test_every_predicate_and_action_comes_back_as_it_was_sent(person: GraphPerson) -> None:
    folder = person.get("/me/mailFolders/archive")["id"]
    values = {**VALUES, "folder": folder}
    made = {n: values[k] if isinstance(k, str) else k[0] for n, k in PREDICATES.items()}
    acts = {n: values[k] if isinstance(k, str) else k[0] for n, k in ACTIONS.items()}
    rule = person.made_rule(conditions=made, exceptions=made, actions=acts)
    named = [{"emailAddress": {"name": "a@example.com", "address": "a@example.com"}}]
    shown = {name: named if value == VALUES["people"] else value for name, value in made.items()}
    assert len(rule["conditions"]) == 30
    assert rule["conditions"] == rule["exceptions"] == shown
    assert set(rule["actions"]) == set(ACTIONS)


def test_the_name_of_a_choice_comes_in_any_case(person: GraphPerson) -> None:
    made = person.made_rule(conditions={"importance": "High", "messageActionFlag": "REPLYTOALL"})
    assert made["conditions"] == {"importance": "high", "messageActionFlag": "replyToAll"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(["displayName", "sequence", "isEnabled", "conditions", "actions", "exceptions", "id"])
PARTS = st.dictionaries(st.sampled_from([*PREDICATES, *ACTIONS]), JSON, max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(MEMBERS, JSON | PARTS, max_size=5))
def test_no_body_breaks_the_service(body: dict[str, Any]) -> None:
    """Never a 500."""
    person = GraphPerson(Simulator(os.environ["SIMULATOR"]), "helpdesk")
    answer = person.ask("POST", RULES, json=body)
    assert answer.status_code in (201, 400)
    person.simulator.session.close()
