"""Parts of a rule: terms with their values."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given

from portal.mailbox.values import Address, Parts, SizeRange
from portal.mailbox.vocabulary import TERMS
from tests.mailbox import made


@pytest.mark.parametrize("unset", [None, (), [], False, "", SizeRange(None, None), [""], [Address("")]])
def test_what_is_not_set_is_absent(unset: object) -> None:
    assert Parts({name: unset for name in TERMS}) == {}


@given(made.conditions)
def test_parts_keep_the_order_of_the_vocabulary(parts: Parts) -> None:
    assert list(parts) == [name for name in TERMS if name in parts]
    assert parts == Parts(dict(reversed(parts.pairs)))


@given(made.conditions)
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
