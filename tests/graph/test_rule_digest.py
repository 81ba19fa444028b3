"""When two rules say the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from portal.graph.rules import digest, to_json
from portal.mailbox.rules import Rule
from tests.mailbox import made

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


@given(made.rules, made.rules)
def test_rules_that_differ_have_digests_that_differ(one: Rule, other: Rule) -> None:
    assert digest(to_json(one)) == digest(to_json(one))
    if one.name != other.name:
        assert digest(to_json(one)) != digest(to_json(other))
