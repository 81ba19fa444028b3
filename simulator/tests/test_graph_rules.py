"""Inbox rules: what is listed, and what a write does."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.graph_person import RULES, GraphPerson, addressed, code
from tests.simulator_control import Simulator


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


@pytest.fixture
def collector(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "rule.collector")


@pytest.mark.behaviour(31)
def test_a_new_rule_is_appended_whatever_its_sequence(collector: GraphPerson) -> None:
    made = collector.made_rule(displayName="課題", sequence=1, conditions={"subjectContains": ["課題"]})
    assert made["sequence"] == 15
    assert made["id"].endswith("=")
    assert (made["hasError"], made["isReadOnly"]) == (False, False)
    assert collector.rules()[-1] == {name: value for name, value in made.items() if name != "@odata.context"}


def test_a_rule_is_read_by_its_percent_encoded_id(person: GraphPerson) -> None:
    made = person.made_rule(displayName="mine")
    assert person.get(f"{RULES}/{quote(made['id'], safe='')}")["displayName"] == "mine"
    assert person.get(f"{RULES}/{made['id']}")["displayName"] == "mine"


@pytest.mark.behaviour(32)
def test_a_rule_is_off_when_nothing_was_said(person: GraphPerson) -> None:
    assert person.made_rule(isEnabled=None)["isEnabled"] is False


def test_a_switch_turns_such_a_rule_on(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(rule_enabled_default=True)
    assert person.made_rule(isEnabled=None)["isEnabled"] is True


@pytest.mark.behaviour(33)
def test_a_change_replaces_complex_members_whole(person: GraphPerson) -> None:
    """The documented example."""
    made = person.made_rule(
        conditions={"senderContains": ["adele"]},
        actions={"forwardTo": addressed("alex@example.com"), "stopProcessingRules": True},
    )
    changed = person.right(person.change_rule(made["id"], actions={"markImportance": "high"}), 200)
    assert changed["actions"] == {"markImportance": "high"}
    assert changed["conditions"] == {"senderContains": ["adele"]}
    assert changed["displayName"] == "made"


@pytest.mark.behaviour(33)
@pytest.mark.parametrize("empty", [{}, None, {"senderContains": None}, {"senderContains": []}, {"sentToMe": False}])
def test_an_empty_member_clears(person: GraphPerson, empty: object) -> None:
    made = person.made_rule(conditions={"senderContains": ["adele"]})
    assert "conditions" not in person.right(person.change_rule(made["id"], conditions=empty), 200)


def test_null_can_also_be_refused(simulator: Simulator, person: GraphPerson) -> None:
    simulator.switch(null_in_patch="rejected")
    made = person.made_rule()
    assert person.change_rule(made["id"], conditions=None).status_code == 400


def test_actions_cannot_be_emptied(person: GraphPerson) -> None:
    made = person.made_rule()
    assert person.change_rule(made["id"], actions={}).status_code == 400
    assert person.rules()[0]["actions"] == {"markAsRead": True}


def test_a_rule_is_turned_off_alone(collector: GraphPerson) -> None:
    rare = collector.rules()[2]
    after = collector.right(collector.change_rule(rare["id"], isEnabled=False), 200)
    assert {**rare, "isEnabled": False} == {name: value for name, value in after.items() if "@" not in name}


@pytest.mark.behaviour(34)
def test_unset_members_are_left_out(person: GraphPerson) -> None:
    made = person.made_rule()
    assert "conditions" not in made
    assert "exceptions" not in made
    assert made["actions"] == {"markAsRead": True}


@pytest.mark.behaviour(34)
@pytest.mark.parametrize(("how", "words", "flag"), [("null", None, None), ("empty", [], False)])
def test_unset_members_can_look_otherwise(
    simulator: Simulator, person: GraphPerson, how: str, words: object, flag: object
) -> None:
    simulator.switch(unset_members=how)
    made = person.made_rule(conditions={"subjectContains": ["a"]})
    assert len(made["conditions"]) == 30
    assert len(made["actions"]) == 11
    assert (made["conditions"]["bodyContains"], made["conditions"]["sentToMe"]) == (words, flag)


@pytest.mark.behaviour(35)
def test_string_predicates_can_come_back_in_capitals(simulator: Simulator, person: GraphPerson) -> None:
    conditions = {"senderContains": ["adele"], "importance": "high"}
    assert person.made_rule(conditions=conditions)["conditions"] == conditions
    simulator.switch(rule_strings="upper")
    assert person.rules()[0]["conditions"] == {"senderContains": ["ADELE"], "importance": "high"}


@pytest.mark.behaviour(36)
def test_a_read_only_rule_hides_its_parts_and_takes_no_write(collector: GraphPerson) -> None:
    rule = next(rule for rule in collector.rules() if rule["isReadOnly"])
    assert not {"conditions", "actions", "exceptions"} & set(rule)
    assert code(collector.change_rule(rule["id"], isEnabled=False)) == (400, "ErrorNotSupportedMessageRule")
    gone = collector.ask("DELETE", f"{RULES}/{rule['id']}")
    assert code(gone) == (400, "ErrorNotSupportedMessageRule")


@pytest.mark.behaviour(37)
def test_a_rule_whose_folder_is_gone_is_in_error(collector: GraphPerson) -> None:
    broken = [rule for rule in collector.rules() if rule["hasError"]]
    assert [rule["displayName"] for rule in broken] == ["旧ゼミ"]
    target = broken[0]["actions"]["moveToFolder"]
    assert code(collector.ask("GET", f"/me/mailFolders/{target}")) == (404, "ErrorItemNotFound")
    assert collector.ask("DELETE", f"{RULES}/{broken[0]['id']}").status_code == 204


def test_choosing_another_folder_ends_the_error(collector: GraphPerson) -> None:
    broken = next(rule for rule in collector.rules() if rule["hasError"])
    actions = {"moveToFolder": collector.get("/me/mailFolders/archive")["id"]}
    assert collector.right(collector.change_rule(broken["id"], actions=actions), 200)["hasError"] is False


def test_a_deleted_rule_is_gone(person: GraphPerson) -> None:
    made = person.made_rule()
    answer = person.ask("DELETE", f"{RULES}/{quote(made['id'], safe='')}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert person.rules() == []
    assert code(person.ask("DELETE", f"{RULES}/{made['id']}")) == (404, "ErrorItemNotFound")


@pytest.mark.behaviour(22)
def test_a_malformed_rule_id_is_told_from_an_unknown_one(simulator: Simulator, person: GraphPerson) -> None:
    foreign = GraphPerson(simulator, "forwarder").rules()[0]["id"]
    assert code(person.ask("GET", f"{RULES}/nonsense")) == (400, "ErrorInvalidIdMalformed")
    assert code(person.ask("GET", f"{RULES}/{foreign}")) == (404, "ErrorItemNotFound")


def test_only_the_inbox_owns_rules(person: GraphPerson) -> None:
    inbox = person.get("/me/mailFolders/inbox")["id"]
    assert person.get(f"/me/mailFolders/{inbox}/messageRules")["value"] == []
    assert person.ask("GET", "/me/mailFolders/drafts/messageRules").status_code == 400


@pytest.mark.behaviour(39)
def test_there_is_no_delta_of_rules(person: GraphPerson) -> None:
    assert person.ask("GET", f"{RULES}/delta").status_code == 400


def test_a_long_list_comes_in_pages(simulator: Simulator, collector: GraphPerson) -> None:
    simulator.switch(rules_page_size=5)
    first = collector.get(RULES)
    assert len(first["value"]) == 5
    assert "@odata.nextLink" in first
    assert [rule["sequence"] for rule in collector.rules()] == list(range(1, 15))


def test_a_rule_is_found_by_its_name(collector: GraphPerson) -> None:
    found = collector.get(f"{RULES}?$filter=displayName eq '図書館'")["value"]
    assert [rule["sequence"] for rule in found] == [2]


@pytest.mark.behaviour(40)
def test_an_outside_forward_is_accepted(person: GraphPerson) -> None:
    """The answer says nothing of delivery."""
    assert person.make_rule(actions={"redirectTo": addressed("me@blocked.example.net")}).status_code == 201


def test_a_recipient_without_a_name_gets_one(person: GraphPerson) -> None:
    made = person.made_rule(actions={"forwardTo": addressed("helpdesk@example.ac.jp", "who@example.com")})
    names = [entry["emailAddress"]["name"] for entry in made["actions"]["forwardTo"]]
    assert names == ["伊藤 恵", "who@example.com"]
