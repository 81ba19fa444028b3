"""Reading the rules of a mailbox, and when two rules say the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.rule_json import encode_rule
from portal.graph.rules import digest_rule, has_all_of, list_rules, read_rules_and_folders
from portal.mailbox.folders import Tree
from portal.mailbox.forwarding import find_forwarding
from portal.mailbox.rules import Rule
from tests.graph.request_log import count_round_trips
from tests.mailbox import examples
from tests.simulator_control import Simulator

OpenGraph = Callable[..., Graph]

BASE: dict[str, Any] = {
    "id": "1",
    "displayName": "a",
    "sequence": 1,
    "isEnabled": True,
    "conditions": {"subjectContains": ["adele", "b"], "withinSizeRange": {"minimumSize": 1}},
    "actions": {"moveToFolder": "AAa=", "forwardTo": [{"emailAddress": {"address": "a@example.com"}}]},
}


def test_rules_come_in_the_order_in_which_they_run(graph: Graph, simulator: Simulator) -> None:
    for name in ("first", "second", "third"):
        body = {"displayName": name, "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}
        simulator.graph("new.student@example.ac.jp", "POST", "/me/mailFolders/inbox/messageRules", body)
    simulator.switch(rules_page_size=2)
    listed = list_rules(graph)
    assert [each.rule.name for each in listed] == ["first", "second", "third"]
    assert [each.digest for each in listed] == [digest_rule(each.raw) for each in listed]


def test_the_rules_page_takes_one_round_trip(open_graph: OpenGraph, simulator: Simulator) -> None:
    read = read_rules_and_folders(open_graph("rule.collector"))
    assert (len(read.rules), count_round_trips(simulator)) == (14, 1)
    assert isinstance(read.tree, Tree)
    rules = [stored.rule for stored in read.rules]
    assert [rule.hidden for rule in rules].count(True) == 1
    assert [rule.has_error for rule in rules].count(True) == 1


def test_rules_and_folders_beyond_one_page_are_followed(open_graph: OpenGraph, simulator: Simulator) -> None:
    simulator.switch(rules_page_size=5)
    assert len(read_rules_and_folders(open_graph("rule.collector")).rules) == 14


def test_the_rules_page_does_without_folders(open_graph: OpenGraph, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=503, headers={"Retry-After": "60"})
    read = read_rules_and_folders(open_graph("rule.collector"))
    assert isinstance(read.tree, errors.Unavailable)
    assert read.rules


def test_the_rules_page_does_not_do_without_rules(open_graph: OpenGraph, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules", status=429, headers={"Retry-After": "9"})
    with pytest.raises(errors.Busy):
        read_rules_and_folders(open_graph("rule.collector"))


def test_forwarding_takes_one_round_trip_and_sees_what_outlook_made(
    open_graph: OpenGraph, simulator: Simulator
) -> None:
    found = find_forwarding([stored.rule for stored in list_rules(open_graph("forwarder"))], ["The site rule"])
    assert count_round_trips(simulator) == 1
    assert found.rules
    assert found.conditional
    assert found.site_rule is None


@pytest.mark.parametrize(
    "change",
    [
        {"id": "2", "sequence": 9, "hasError": True, "isReadOnly": False, "@odata.etag": "x"},
        {"exceptions": None},
        {"exceptions": {}},
        {"exceptions": {"sentToMe": False, "subjectContains": []}},
        {"conditions": {"withinSizeRange": {"minimumSize": 1, "maximumSize": None}, "subjectContains": ["B", "ADELE"]}},
        {"actions": {**BASE["actions"], "forwardTo": [{"emailAddress": {"name": "A", "address": "A@example.com"}}]}},
    ],
)
def test_noise_is_no_change(change: dict[str, Any]) -> None:
    assert digest_rule(BASE | change) == digest_rule(BASE)


@pytest.mark.parametrize(
    "change",
    [
        {"displayName": "A"},
        {"isEnabled": False},
        {"conditions": {}},
        {"conditions": {**BASE["conditions"], "withinSizeRange": {"maximumSize": 1}}},
        {"conditions": {**BASE["conditions"], "receivedAfter": "x"}},
        {"exceptions": {"sentToMe": True}},
        {"actions": {**BASE["actions"], "moveToFolder": "AAA="}},
        {"actions": {**BASE["actions"], "stopProcessingRules": True}},
        {"conditions": {**BASE["conditions"], "importance": "urgent"}},
        {"somethingNew": 1},
    ],
)
def test_what_somebody_changed_is_a_change(change: dict[str, Any]) -> None:
    assert digest_rule(BASE | change) != digest_rule(BASE)


@given(examples.rules, examples.rules)
def test_rules_that_differ_have_digests_that_differ(one: Rule, other: Rule) -> None:
    assert digest_rule(encode_rule(one)) == digest_rule(encode_rule(one))
    if one.name != other.name:
        assert digest_rule(encode_rule(one)) != digest_rule(encode_rule(other))


@given(examples.rules, st.sets(st.sampled_from(["displayName", "isEnabled", "conditions", "exceptions", "actions"])))
def test_a_rule_fulfils_whatever_part_of_it_was_sent(rule: Rule, parts: set[str]) -> None:
    there = encode_rule(rule)
    assert has_all_of({**there, "id": "x"}, {name: there.get(name) for name in parts})


@pytest.mark.parametrize(
    ("sent", "fulfilled"),
    [
        ({"isEnabled": False}, True),  # left out is false
        ({"sequence": 1}, True),  # Microsoft numbers the rules itself on creation
        ({"conditions": {}}, False),
        ({"actions": {"markAsRead": True}}, True),
        ({"actions": {"markAsRead": True, "delete": True}}, False),
        ({"displayName": "B"}, False),
    ],
)
def test_only_what_was_sent_is_asked_of_a_rule(sent: dict[str, Any], fulfilled: bool) -> None:
    there = {"displayName": "b", "sequence": 4, "conditions": {"subjectContains": ["X"]}}
    assert has_all_of({**there, "actions": {"markAsRead": True, "delete": False}}, sent) is fulfilled
