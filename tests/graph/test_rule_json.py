"""Rules in Graph's JSON and in ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.graph.rule_json import decode_rule, encode_parts, encode_rule, make_patch
from portal.mailbox.rules import Address, FormFields, Parts, Rule, SizeRange
from portal.mailbox.vocabulary import ACTIONS, PREDICATES
from tests.mailbox import examples

EVERYTHING_SHOWN = FormFields(
    frozenset(PREDICATES), frozenset(PREDICATES), frozenset(ACTIONS), frozenset({"name", "enabled", "sequence"})
)
NOBODY_KNOWS = {
    "conditions": {"receivedAfter": "2026-01-01", "subjectContains": ["課題"]},
    "exceptions": {"soundsLike": ["x"]},
    "actions": {"pinToTop": True, "markAsRead": True},
}

shown = st.builds(
    FormFields,
    st.frozensets(st.sampled_from(list(PREDICATES))),
    st.frozensets(st.sampled_from(list(PREDICATES))),
    st.frozensets(st.sampled_from(list(ACTIONS))),
)


def patched(there: dict[str, Any], body: dict[str, Any]) -> Rule:
    """The rule after Graph took the body: top-level members are replaced whole."""
    return decode_rule({**there, **body})


@given(examples.rules)
def test_a_rule_survives_the_way_to_json_and_back(rule: Rule) -> None:
    assert decode_rule(encode_rule(rule)) == rule


@pytest.mark.parametrize("unset", [None, False, "", [], {}])
def test_a_member_is_unset_however_graph_says_so(unset: object) -> None:
    conditions = {term.graph: unset for term in PREDICATES.values()} | {"receivedAfter": unset}
    item = {"id": "1", "conditions": conditions, "exceptions": unset, "actions": None, "note": unset}
    assert decode_rule(item) == Rule("1", "", 0, False, False, False)


def test_what_nobody_knows_is_named() -> None:
    rule = decode_rule({"id": "1", "@odata.etag": "W/x", "note": "n", **NOBODY_KNOWS})
    assert rule.unknown == {"note", "conditions.receivedAfter", "exceptions.soundsLike", "actions.pinToTop"}
    assert rule.conditions == Parts(subject_contains=("課題",))


@pytest.mark.parametrize(
    "conditions",
    [
        {"importance": "urgent"},
        {"importance": 1},
        {"subjectContains": "word"},
        {"subjectContains": ["word", 7]},
        {"hasAttachments": "true"},
        {"fromAddresses": [{"address": "a@example.com"}]},
        {"fromAddresses": [{"emailAddress": {"address": 7}}]},
        {"withinSizeRange": 5},
        {"withinSizeRange": {"minimumSize": "5"}},
        {"withinSizeRange": {"minimumSize": True}},
    ],
)
def test_a_value_that_cannot_be_read_is_unknown_and_stays(conditions: dict[str, Any]) -> None:
    rule = decode_rule({"id": "1", "conditions": conditions})
    assert rule.unknown == {f"conditions.{name}" for name in conditions}
    assert not rule.takes_everything
    named = replace(rule, name="new", conditions=Parts(body_contains=("x",)))
    body = make_patch({"id": "1", "conditions": conditions}, named, EVERYTHING_SHOWN)
    assert body["conditions"] == {**conditions, "bodyContains": ["x"]}


def test_members_of_another_shape_hide_nothing() -> None:
    assert not decode_rule({"conditions": "all of them"}).takes_everything


def test_people_and_sizes_are_read() -> None:
    people = [
        {"emailAddress": {"name": "太郎", "address": "taro@example.com"}},
        {"emailAddress": {"address": "b@c.jp"}},
    ]
    rule = decode_rule({"conditions": {"fromAddresses": people, "withinSizeRange": {"minimumSize": 5}}})
    assert rule.conditions.get_people("from_addresses") == (Address("taro@example.com", "太郎"), Address("b@c.jp"))
    assert rule.conditions["within_size_range"] == SizeRange(5, None)
    assert encode_parts(rule.conditions) == {"fromAddresses": people, "withinSizeRange": {"minimumSize": 5}}


@given(examples.rules, examples.rules, shown)
def test_what_a_form_shows_is_its_own_and_the_rest_stays(there: Rule, wanted: Rule, form: FormFields) -> None:
    result = patched(encode_rule(there), make_patch(encode_rule(there), wanted, form))
    for member in ("conditions", "exceptions", "actions"):
        names = getattr(form, member)
        for name in PREDICATES.keys() | ACTIONS.keys():
            source = wanted if name in names else there
            assert getattr(result, member).get(name) == getattr(source, member).get(name)
    assert (result.name, result.enabled, result.sequence) == (wanted.name, wanted.enabled, there.sequence)


@given(examples.rules, examples.rules)
def test_what_nobody_knows_survives_any_change(there: Rule, wanted: Rule) -> None:
    raw = encode_rule(there)
    for member, strange in NOBODY_KNOWS.items():
        raw[member] = {**raw.get(member, {}), **strange}
    result = {**raw, **make_patch(raw, wanted, EVERYTHING_SHOWN)}
    assert result["conditions"]["receivedAfter"] == "2026-01-01"
    assert result["exceptions"]["soundsLike"] == ["x"]
    assert result["actions"]["pinToTop"] is True


@given(examples.rules, shown)
def test_nothing_is_sent_for_what_does_not_change(rule: Rule, form: FormFields) -> None:
    assert make_patch(encode_rule(rule), rule, form) == {}
    renamed = replace(rule, name=rule.name + "2")
    assert make_patch(encode_rule(rule), renamed, form) == {"displayName": renamed.name}


def test_a_member_is_sent_whole_and_empty_when_emptied() -> None:
    there = {"conditions": {"subjectContains": ["a"]}, "exceptions": {"sentToMe": True}, "actions": {"delete": True}}
    emptied = decode_rule({"actions": {"delete": True, "markAsRead": True}})
    form = FormFields(frozenset({"subject_contains"}), frozenset(), frozenset({"delete", "mark_as_read"}), frozenset())
    assert make_patch(there, emptied, form) == {"conditions": {}, "actions": {"delete": True, "markAsRead": True}}


def test_an_address_that_stays_keeps_what_graph_said_of_it() -> None:
    person = {"emailAddress": {"name": "T", "address": "t@example.com", "somethingNew": 1}}
    there = {"actions": {"forwardTo": [person], "markAsRead": True}}
    wanted = replace(decode_rule(there), actions=Parts(forward_to=(Address("t@example.com", "T"),)))
    assert make_patch(there, wanted, EVERYTHING_SHOWN) == {"actions": {"forwardTo": [person]}}
