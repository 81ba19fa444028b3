"""Starting and changing the forwarding, as one person and with the right result at Microsoft."""

from __future__ import annotations

from typing import Any

from portal.changes.journal import Change, Kind
from tests.forwarding.forwarding_page import (
    HOME,
    PAGE,
    SITE_RULE_NAME,
    STUDENT,
    checked,
    outlook_forward,
    outlook_rule,
    people,
    sent_to,
    started,
)
from tests.front_door import Reader, filled
from tests.graph.request_log import count_requests
from tests.simulator_control import Simulator


def the_rule(simulator: Simulator) -> dict[str, Any]:
    (rule,) = simulator.rules(STUDENT)
    return rule


def test_forwarding_starts_with_one_rule_of_ours(new_student: Reader, simulator: Simulator) -> None:
    page = started(new_student)
    assert page.address == PAGE
    assert "Forwarding has started. Checked with Microsoft at" in page.words(".note-ok")
    assert page.words(".state") == "Your mail is forwarded outside the university"
    rule = the_rule(simulator)
    assert (rule["displayName"], rule["isEnabled"], sent_to(rule)) == (SITE_RULE_NAME, True, [HOME])
    assert "delete" not in rule["actions"]
    assert rule["exceptions"] == {"isAutomaticForward": True}


def test_the_change_is_in_the_journal(new_student: Reader) -> None:
    started(new_student)
    assert [change.kind for change in Change.objects.all()] == [Kind.START_FORWARDING]


def test_the_rules_are_read_twice_under_the_lease_and_after_the_write(
    new_student: Reader, simulator: Simulator
) -> None:
    for to in (HOME, "other@example.com"):
        page = checked(new_student, to)
        before = count_requests(simulator, "GET", "/messageRules")
        new_student.post(f"{PAGE}start/", **filled(page.form("form#start"), {}, None))
        assert count_requests(simulator, "GET", "/messageRules") - before == 2
        assert sent_to(the_rule(simulator)) == [to]


def test_without_a_copy_the_mail_goes_to_deleted_items_and_is_never_lost(
    new_student: Reader, simulator: Simulator
) -> None:
    started(new_student, copy="drop")
    assert the_rule(simulator)["actions"]["delete"] is True
    assert "permanentDelete" not in the_rule(simulator)["actions"]


def test_inside_mail_is_redirected_and_outside_it_is_forwarded(new_student: Reader, simulator: Simulator) -> None:
    started(new_student, to=f"helpdesk@example.ac.jp\n{HOME}")
    rule = the_rule(simulator)
    assert sent_to(rule) == [HOME]
    assert sent_to(rule, "redirectTo") == ["helpdesk@example.ac.jp"]


def test_nine_addresses_are_taken(new_student: Reader, simulator: Simulator) -> None:
    addresses = [f"a{number}@example.com" for number in range(9)]
    page = checked(new_student, to="\n".join(addresses))
    assert page.words("#start .btn-main") == "Start forwarding to 9 addresses"
    new_student.send(page, "form#start")
    assert sorted(sent_to(the_rule(simulator))) == addresses


def test_the_site_rule_stands_above_one_that_stops(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, "Stop here", actions={"markAsRead": True, "stopProcessingRules": True})
    page = checked(new_student)
    assert "put above all other rules" in page.words(".checks")
    new_student.send(page, "form#start")
    assert [rule["displayName"] for rule in simulator.rules(STUDENT)] == [SITE_RULE_NAME, "Stop here"]


def test_changing_ours_leaves_its_other_parts(new_student: Reader, simulator: Simulator) -> None:
    extra = {"exceptions": {"subjectContains": ["secret"]}, "actions": {"forwardTo": people(HOME), "markAsRead": True}}
    outlook_rule(simulator, SITE_RULE_NAME, **extra)
    page = checked(new_student, to="other@example.com", copy="drop")
    assert page.h1 == "Check before forwarding is changed"
    assert "secret" in page.text
    assert "Forwarding was changed." in new_student.send(page, "form#start").words(".note-ok")
    rule = the_rule(simulator)
    assert rule["actions"]["markAsRead"] is True
    assert rule["actions"]["delete"] is True
    assert sent_to(rule) == ["other@example.com"]
    assert [word.lower() for word in rule["exceptions"]["subjectContains"]] == ["secret"]


def test_changing_outlooks_only_rule_takes_it_over(new_student: Reader, simulator: Simulator) -> None:
    made = outlook_forward(simulator)
    page = checked(new_student, to="other@example.com")
    assert "The rule “Made in Outlook” that is there is changed." in page.text
    new_student.send(page, "form#start")
    rule = the_rule(simulator)
    assert (rule["id"], rule["displayName"], sent_to(rule)) == (made["id"], "Made in Outlook", ["other@example.com"])


def test_an_address_that_was_there_stays_in_its_action(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, actions={"forwardAsAttachmentTo": people(HOME)})
    started(new_student, to=f"{HOME}\nother@example.com")
    rule = the_rule(simulator)
    assert sent_to(rule, "forwardAsAttachmentTo") == [HOME]
    assert sent_to(rule) == ["other@example.com"]


def test_a_permanent_deletion_becomes_deleted_items(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, actions={"forwardTo": people(HOME), "permanentDelete": True})
    started(new_student, copy="drop")
    assert the_rule(simulator)["actions"]["delete"] is True
    assert "permanentDelete" not in the_rule(simulator)["actions"]


def test_ours_that_is_off_is_turned_on_again(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, name=SITE_RULE_NAME, isEnabled=False)
    assert "Forwarding has started." in started(new_student, to="other@example.com").words(".note-ok")
    rule = the_rule(simulator)
    assert (rule["isEnabled"], sent_to(rule)) == (True, ["other@example.com"])


def test_with_several_rules_of_outlook_ours_is_made_beside_them(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "a@example.com", "one")
    outlook_forward(simulator, "b@example.com", "two")
    page = checked(new_student)
    assert "another rule forwards all mail too" in page.words(".checks")
    new_student.send(page, "form#start")
    assert [rule["displayName"] for rule in simulator.rules(STUDENT)] == [SITE_RULE_NAME, "one", "two"]


def test_a_stopping_rule_of_outlooks_own_is_not_put_above_the_others(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, "Stop here", actions={"markAsRead": True, "stopProcessingRules": True})
    outlook_rule(simulator, "All", actions={"forwardTo": people(HOME), "stopProcessingRules": True})
    page = checked(new_student, to="other@example.com")
    assert "not all mail reaches the forwarding" in page.words(".checks")
    new_student.send(page, "form#start")
    assert [rule["displayName"] for rule in simulator.rules(STUDENT)] == ["Stop here", "All"]


def test_the_rule_forwards_what_is_delivered(new_student: Reader, simulator: Simulator) -> None:
    started(new_student)
    message = b"From: a@example.org\r\nTo: new.student@example.ac.jp\r\nSubject: hello\r\n\r\nhi\r\n"
    told = simulator.deliver(STUDENT, message)
    assert [(sent["to"], sent["kind"], sent["delivered"]) for sent in told["sent"]] == [(HOME, "forward", True)]
