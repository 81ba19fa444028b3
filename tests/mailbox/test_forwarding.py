"""Forwarding as the rules show it, and the university's policy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.mailbox.forwarding import Forwarding, Outside, Policy, Verdict, find_forwarding
from portal.mailbox.rules import Address, Parts, Rule
from tests.mailbox.examples import rule, sending

SITE_RULE_NAME = "窓口の転送"


def found(*rules: Rule) -> Forwarding:
    return find_forwarding(rules, [SITE_RULE_NAME])


def test_without_rules_nothing_is_forwarded() -> None:
    assert found() == Forwarding()
    assert found().keeps_copy is None


def test_a_rule_made_in_outlook_is_forwarding_too() -> None:
    outlook = sending("taro@example.com", "home")
    state = found(outlook)
    assert (state.rules, state.site_rule) == ((outlook,), None)
    assert state.addresses == ("taro@example.com",)
    assert state.keeps_copy is True


def test_rules_that_are_off_or_conditional_stand_apart() -> None:
    off = sending("off@example.com", SITE_RULE_NAME, enabled=False)
    some = replace(sending("some@example.com", "some"), conditions=Parts(subject_contains=("課題",)))
    some_off = replace(some, enabled=False)
    state = found(off, some, some_off)
    assert (state.rules, state.off, state.conditional, state.site_rule) == ((), (off,), (some,), off)


def test_each_address_is_told_once() -> None:
    state = found(sending("taro@example.com"), sending("Taro@Example.com", "b"), sending("b@example.com", "c"))
    assert state.addresses == ("taro@example.com", "b@example.com")


def test_deleting_in_the_same_or_in_another_rule_keeps_no_copy() -> None:
    forward = sending("taro@example.com")
    assert found(sending("taro@example.com", delete=True)).keeps_copy is False
    assert found(forward, rule("bin", sequence=2, delete=True)).keeps_copy is False
    assert found(forward, rule("bin", sequence=2, delete=True, enabled=False)).keeps_copy is True


def test_a_deletion_that_is_never_reached_keeps_the_copy() -> None:
    stopping = sending("taro@example.com", stop_processing_rules=True)
    bin_ = rule("bin", sequence=2, delete=True)
    sparing = replace(stopping, exceptions=Parts(has_attachments=True))
    assert found(stopping, bin_).keeps_copy is True
    assert found(sparing, bin_).keeps_copy is False


def test_a_rule_above_that_stops_is_told() -> None:
    stop = rule("stop", sequence=1, stop_processing_rules=True)
    site_rule = sending("taro@example.com", SITE_RULE_NAME, sequence=2)
    assert found(site_rule, stop).cut_off_by == stop
    assert found(site_rule, replace(stop, sequence=3)).cut_off_by is None
    assert found(site_rule, replace(stop, enabled=False)).cut_off_by is None


def test_the_site_rule_is_what_may_be_cut_off() -> None:
    first = sending("a@example.com", "outlook", sequence=1, stop_processing_rules=True)
    site_rule = sending("taro@example.com", SITE_RULE_NAME, sequence=2)
    assert found(first, site_rule).cut_off_by == first
    assert found(first, replace(site_rule, enabled=False)).cut_off_by is None


def test_a_rule_that_cannot_be_changed_is_not_the_site_rule() -> None:
    assert found(replace(sending("taro@example.com", SITE_RULE_NAME), read_only=True)).site_rule is None


def test_of_two_rules_with_its_name_the_one_that_sends_is_the_site_rule() -> None:
    empty, site_rule = rule(SITE_RULE_NAME, mark_as_read=True), sending("taro@example.com", SITE_RULE_NAME, sequence=2)
    assert found(empty, site_rule).site_rule == site_rule
    assert found(empty).site_rule == empty


def test_a_person_without_an_address_is_told_by_name() -> None:
    assert found(rule(forward_to=[Address("", "太郎")])).addresses == ("太郎",)


@pytest.mark.parametrize(
    ("outside", "address", "verdict"),
    [
        (Outside.BLOCKED, "a@stu.example.ac.jp", Verdict.INSIDE),
        (Outside.BLOCKED, "a@example.com", Verdict.BLOCKED),
        (Outside.ALLOWED, "a@anywhere.example", Verdict.ALLOWED),
        (Outside.DOMAINS, "a@mail.example.com", Verdict.ALLOWED),
        (Outside.DOMAINS, "a@example.org", Verdict.BLOCKED),
        (Outside.DOMAINS, "/O=EXAMPLE/CN=TARO", Verdict.INSIDE),
    ],
)
def test_the_policy_has_a_verdict_on_each_address(outside: Outside, address: str, verdict: Verdict) -> None:
    policy = Policy(outside, ("example.ac.jp",), ("example.com",), 9)
    assert policy.judge(address) is verdict
    assert policy.find_blocked([address]) == ((address,) if verdict is Verdict.BLOCKED else ())


def test_addresses_are_counted_once_each() -> None:
    policy = Policy(Outside.ALLOWED, (), (), 2)
    assert not policy.are_too_many(["a@example.com", "A@example.com", "b@example.com"])
    assert policy.are_too_many(["a@example.com", "b@example.com", "c@example.com"])
