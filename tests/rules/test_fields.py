"""What the form of a rule leaves alone."""

from __future__ import annotations

from hypothesis import given

from portal.mailbox.rules import Rule
from portal.rules.fields import leaves_some_alone, left_alone, shown_of
from tests.mailbox.examples import rules


@given(rules)
def test_a_rule_is_said_to_have_more_exactly_when_the_form_leaves_something_alone(rule: Rule) -> None:
    rest = left_alone(rule, shown_of(rule))
    assert leaves_some_alone(rule) == bool(rest.conditions or rest.exceptions or rest.actions or rest.unknown)
