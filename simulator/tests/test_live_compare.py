"""`python -m live` finds what differs in the shape of two answers, and nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from live.compare import Difference, differences
from live.shape import Shape, error_of, members_of

NAMES = st.text("abcdef", min_size=1, max_size=3)
PLAIN = st.none() | st.booleans() | st.integers() | st.text("ab", max_size=2)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)


def found(here: Any, there: Any, *free: str) -> list[Difference]:
    ours, theirs = (Shape(200, members=members_of(body)) for body in (here, there))
    return list(differences(ours, theirs, free))


@given(OBJECTS)
def test_an_answer_does_not_differ_from_itself(body: dict[str, Any]) -> None:
    assert found(body, body) == []


@given(OBJECTS, VALUES, st.booleans())
def test_a_member_that_only_one_side_has_is_found(body: dict[str, Any], value: Any, ours: bool) -> None:
    more = body | {"more": value}
    sides = (more, body) if ours else (body, more)
    (told,) = [it for it in found(*sides) if it.what == "more"]
    assert (told.here == "absent", told.there == "absent") == (not ours, ours)


@given(st.lists(OBJECTS, min_size=1, max_size=3), OBJECTS)
def test_a_member_is_found_in_the_rows_of_a_list(rows: list[dict[str, Any]], row: dict[str, Any]) -> None:
    told = found({"value": rows}, {"value": [*rows, row | {"more": 1}]})
    assert Difference("value[]/more", "absent", "number") in told


def test_another_kind_of_value_is_found_but_a_null_says_nothing() -> None:
    assert found({"size": 1}, {"size": "1"}) == [Difference("size", "number", "text")]
    assert found({"size": 1}, {"size": True}) == [Difference("size", "number", "yes/no")]
    assert found({"size": 1}, {"size": None}) == []


def test_a_list_without_rows_says_nothing_of_its_rows() -> None:
    assert found({"value": []}, {"value": [{"id": "1"}]}) == []
    assert found({"tips": None}, {"tips": {"message": ""}}) == []


def test_below_a_free_path_only_the_kinds_are_compared() -> None:
    ours = {"value": [{"conditions": {"importance": "high", "sentToMe": True}}]}
    theirs = {"value": [{"conditions": {"importance": 1, "sentCcMe": True}}]}
    assert found(ours, theirs, "value[]/conditions") == [Difference("value[]/conditions/importance", "text", "number")]


def test_a_missing_object_is_told_once() -> None:
    assert found({"a": {"b": {"c": 1}}}, {}) == [Difference("a", "object", "absent")]


def test_status_code_headers_and_facts_are_compared() -> None:
    ours = Shape(200, "", frozenset({"request-id"}), {"id": frozenset({"text"})}, {"deleted": "204"})
    theirs = Shape(400, "BadRequest", frozenset({"Retry-After"}), {}, {"deleted": "404"})
    assert list(differences(ours, theirs)) == [
        Difference("status", "200", "400"),
        Difference("error code", "none", "BadRequest"),
        Difference("header Retry-After", "absent", "there"),
        Difference("header request-id", "there", "absent"),
        Difference("deleted", "204", "404"),
    ]


def test_the_error_of_graph_and_of_entra_is_read() -> None:
    assert error_of({"error": {"code": "ErrorItemNotFound", "message": ""}}) == "ErrorItemNotFound"
    assert error_of({"error": "invalid_grant", "error_codes": [50076]}) == "invalid_grant 50076"
    assert error_of({"value": []}) == error_of(None) == ""
