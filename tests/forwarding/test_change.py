"""The rule that a wish makes of the rule that is there."""

from __future__ import annotations

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from portal.forwarding.change import FORM_FIELDS, WantedForwarding, find_directory_recipients, make_rule
from portal.mailbox.rules import Address, Rule
from portal.mailbox.vocabulary import SENDING
from tests.mailbox import examples

POLICY = settings.SERVICE.policy
SOMEONE = Address("/o=ExchangeLabs/cn=Recipients/cn=someone", "Someone")
wishes = st.builds(
    WantedForwarding,
    st.lists(examples.addresses, min_size=1, max_size=9, unique_by=str.lower).map(tuple),
    st.booleans(),
)


def sent_to(rule: Rule) -> set[str]:
    return {person.address.lower() for person in rule.recipients if "@" in person.address}


@given(wish=wishes, there=examples.rules)
def test_the_rule_sends_to_whom_is_wanted_and_is_otherwise_as_it_was(wish: WantedForwarding, there: Rule) -> None:
    rule = make_rule(wish, there, POLICY)
    assert sent_to(rule) == {address.lower() for address in wish.addresses}
    assert rule.keeps_copy is wish.keeps_copy
    assert rule.enabled
    assert (rule.name, rule.conditions, rule.exceptions) == (there.name, there.conditions, there.exceptions)
    assert rule.actions.without(*FORM_FIELDS.actions) == there.actions.without(*FORM_FIELDS.actions)


@given(wish=wishes)
def test_nothing_is_ever_deleted_for_good(wish: WantedForwarding) -> None:
    there = examples.sending("taro@example.com", permanent_delete=True)
    for rule in (make_rule(wish, None, POLICY), make_rule(wish, there, POLICY)):
        assert "permanent_delete" not in rule.actions


def test_people_from_the_directory_stay_where_they_are() -> None:
    there = examples.rule(redirect_to=(SOMEONE, Address("taro@example.com")))
    rule = make_rule(WantedForwarding(("hanako@example.com",), keeps_copy=True), there, POLICY)
    assert rule.actions.get_people("redirect_to") == (SOMEONE,)
    assert rule.actions.get_people("forward_to") == (Address("hanako@example.com"),)
    assert find_directory_recipients(rule) == (SOMEONE,)


def test_an_address_inside_is_redirected_and_one_outside_forwarded() -> None:
    rule = make_rule(WantedForwarding(("a@cs.example.ac.jp", "b@example.com"), keeps_copy=True), None, POLICY)
    assert [(name, sent_to(examples.rule(**{name: rule.actions.get_people(name)}))) for name in SENDING] == [
        ("forward_to", {"b@example.com"}),
        ("forward_as_attachment_to", set()),
        ("redirect_to", {"a@cs.example.ac.jp"}),
    ]
