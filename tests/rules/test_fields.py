"""What the form of a rule leaves alone."""

from __future__ import annotations

from hypothesis import given

from portal.mailbox.rules import Rule
from portal.rules.fields import choose_fields, has_other_parts, keep_other_parts
from tests.mailbox.examples import rules


@given(rules)
def test_a_rule_is_said_to_have_more_exactly_when_the_form_leaves_something_alone(rule: Rule) -> None:
    rest = keep_other_parts(rule, choose_fields(rule))
    assert has_other_parts(rule) == bool(rest.conditions or rest.exceptions or rest.actions or rest.unknown)
