"""What can be said about a rule."""

from __future__ import annotations

from dataclasses import replace

from portal.mailbox.rules import Address, Parts, Rule, sort_rules
from tests.mailbox.made import rule, sending


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
