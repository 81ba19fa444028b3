"""When two rules say the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.graph.rule_digest import digest, fulfils
from portal.graph.rules import to_json
from portal.mailbox.rules import Rule
from tests.mailbox import examples

BASE: dict[str, Any] = {
    "id": "1",
    "displayName": "a",
    "sequence": 1,
    "isEnabled": True,
    "conditions": {"subjectContains": ["adele", "b"], "withinSizeRange": {"minimumSize": 1}},
    "actions": {"moveToFolder": "AAa=", "forwardTo": [{"emailAddress": {"address": "a@example.com"}}]},
}


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
    assert digest(BASE | change) == digest(BASE)


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
    assert digest(BASE | change) != digest(BASE)


@given(examples.rules, examples.rules)
def test_rules_that_differ_have_digests_that_differ(one: Rule, other: Rule) -> None:
    assert digest(to_json(one)) == digest(to_json(one))
    if one.name != other.name:
        assert digest(to_json(one)) != digest(to_json(other))


@given(examples.rules, st.sets(st.sampled_from(["displayName", "isEnabled", "conditions", "exceptions", "actions"])))
def test_a_rule_fulfils_whatever_part_of_it_was_sent(rule: Rule, parts: set[str]) -> None:
    there = to_json(rule)
    assert fulfils({**there, "id": "x"}, {name: there.get(name) for name in parts})


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
    assert fulfils({**there, "actions": {"markAsRead": True, "delete": False}}, sent) is fulfilled
