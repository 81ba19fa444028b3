"""What a rule holds, and what can be said about it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import pytest
from hypothesis import given

from portal.mailbox.rules import Address, Parts, Rule, SizeRange, sort_rules
from portal.mailbox.vocabulary import TERMS
from tests.mailbox import examples
from tests.mailbox.examples import rule, sending


@pytest.mark.parametrize("unset", [None, (), [], False, "", SizeRange(None, None), [""], [Address("")]])
def test_what_is_not_set_is_absent(unset: object) -> None:
    assert Parts({name: unset for name in TERMS}) == {}


@given(examples.conditions)
def test_parts_keep_the_order_of_the_vocabulary(parts: Parts) -> None:
    assert list(parts) == [name for name in TERMS if name in parts]
    assert parts == Parts(dict(reversed(parts.pairs)))


@given(examples.conditions)
def test_equal_parts_have_one_hash_and_survive_copying(parts: Parts) -> None:
    for other in (Parts(dict(parts)), copy.deepcopy(parts), pickle.loads(pickle.dumps(parts))):  # noqa: S301
        assert (other, hash(other)) == (parts, hash(parts))


def test_a_name_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(KeyError, match="subject_hums"):
        Parts(subject_hums=("la",))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject_contains", "one word"),
        ("subject_contains", (Address("a@example.com"),)),
        ("from_addresses", ("a@example.com",)),
        ("importance", "urgent"),
        ("has_attachments", "yes"),
        ("within_size_range", 5),
        ("move_to_folder", ("id",)),
    ],
)
def test_a_value_of_another_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=name):
        Parts({name: value})


def test_parts_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Parts().pairs = ()  # type: ignore[misc]


def test_each_kind_is_read_by_its_own_name() -> None:
    person = Address("taro@example.com", "太郎")
    parts = Parts(subject_contains=["課題"], from_addresses=[person], importance="high", mark_as_read=True)
    assert parts.get_words("subject_contains") == ("課題",)
    assert parts.get_people("from_addresses") == (person,)
    assert parts.get_text("importance") == "high"
    assert (parts.get_words("body_contains"), parts.get_people("redirect_to"), parts.get_text("sensitivity")) == (
        (),
        (),
        "",
    )
    assert parts.without("importance", "mark_as_read") == {k: parts[k] for k in ("subject_contains", "from_addresses")}


def test_a_rule_without_conditions_takes_everything() -> None:
    assert sending("a@example.com").takes_everything


def test_a_condition_or_one_that_nobody_knows_spares_some() -> None:
    some = replace(sending("a@example.com"), conditions=Parts(sent_to_me=True))
    strange = replace(sending("a@example.com"), unknown=frozenset({"conditions.receivedAfter"}))
    assert not some.takes_everything
    assert not strange.takes_everything


def test_an_unknown_action_spares_nothing() -> None:
    assert replace(rule(), unknown=frozenset({"actions.pinToTop"})).takes_everything


def test_an_exception_leaves_a_rule_for_everything_but_is_told() -> None:
    loop_guard = replace(sending("a@example.com"), exceptions=Parts(is_automatic_forward=True))
    assert loop_guard.takes_everything
    assert loop_guard.spares_some


def test_a_rule_whose_contents_only_outlook_shows_is_no_rule_for_everything() -> None:
    hidden = Rule("id", "old", 1, True, False, True)
    assert hidden.hidden
    assert not hidden.takes_everything
    assert not replace(hidden, read_only=False).hidden


def test_recipients_are_those_of_all_three_ways_to_send() -> None:
    people = [Address(f"{name}@example.com") for name in "abc"]
    both = rule(forward_to=people[:1], forward_as_attachment_to=people[1:2], redirect_to=people[2:])
    assert both.recipients == tuple(people)
    assert both.sends
    assert not rule(mark_as_read=True).sends


def test_only_deleting_leaves_no_copy() -> None:
    assert rule(move_to_folder="id").keeps_copy
    assert not rule(delete=True).keeps_copy
    assert not rule(permanent_delete=True).keeps_copy


def test_rules_run_by_their_sequence() -> None:
    assert [each.name for each in sort_rules([rule("late", sequence=9), rule("early")])] == ["early", "late"]
