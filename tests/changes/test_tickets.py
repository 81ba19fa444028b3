"""A form is carried out once, for what it asked for; sent again, it is answered by what is true then."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.db.models import F
from django.test import Client

from portal.changes.journal import Change
from tests.forwarding.forwarding_page import PAGE, RULES, STUDENT, checked, outlook_forward, outlook_rule, sent_to
from tests.front_door import Page, Reader, filled
from tests.rules.rule_page import COLLECTOR, edit_page, link, named, row, switch
from tests.simulator_control import Simulator

NEW = "/en/rules/new/"
FIRST = {"name": "First", "subject_contains": "alpha", "mark_as_read": "on"}
SECOND = {"name": "Second", "subject_contains": "beta", "mark_as_read": "on"}
START, STOP = "form#start", "form[action$='/stop/']"


def names(simulator: Simulator, address: str = STUDENT) -> list[str]:
    return [rule["displayName"] for rule in simulator.rules(address)]


def number(page: Page, form: str = "main form") -> str:
    return str(page.form(form).select_one("[name=ticket]")["value"])  # type: ignore[index]


def writes(simulator: Simulator) -> list[str]:
    asked = simulator.requests()["requests"]
    return [each["method"] for each in asked if "messageRules" in each["path"] and each["method"] != "GET"]


def in_outlook(simulator: Simulator, method: str, address: str, name: str, **members: Any) -> None:
    rule = named(simulator, address, name)["id"].replace("=", "%3D").replace("/", "%2F")
    simulator.graph(address, method, f"{RULES}/{rule}", members or None)


def test_the_back_button_and_other_contents_save_nothing_and_say_what_there_is(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **FIRST)
    after = new_student.send(page, status=409, **SECOND)
    assert not after.all(".note-ok")
    assert "sent before, with other contents. That was: A rule was made" in after.words("#problem")
    assert "What you sent now was not carried out." in after.words("#problem")
    now, wanted = (item.get_text() for item in after.all("#changed dd"))
    assert "alpha" in now
    assert "beta" in wanted
    assert names(simulator) == ["First"]
    assert writes(simulator) == ["POST"]
    assert number(after) != number(page)
    assert "Saved." in new_student.send(after).words(".note-ok")
    assert names(simulator) == ["Second"]


def test_an_edit_with_other_contents_is_not_called_saved(rule_collector: Reader, simulator: Simulator) -> None:
    page = edit_page(rule_collector, "図書館", "en")
    rule_collector.send(page, name="図書館 2")
    after = rule_collector.send(page, status=409, name="図書館 3")
    assert "A rule was changed" in after.words("#problem")
    assert "図書館 2" in names(simulator, COLLECTOR)
    rule_collector.send(after)
    assert "図書館 3" in names(simulator, COLLECTOR)
    assert "図書館 2" not in names(simulator, COLLECTOR)


def test_a_mistake_mended_while_the_change_was_in_doubt_is_not_called_saved(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", status=504, apply_after_ms=700, times=1)
    page = new_student.send(page, status=409, **FIRST)
    assert page.words("#problem h2") == "It is not known whether the change was made"
    time.sleep(1)
    page = new_student.send(page, status=409, **SECOND)
    assert not page.all(".note-ok")
    assert names(simulator) == ["First"]
    new_student.send(page)
    assert names(simulator) == ["Second"]


def test_a_mistake_mended_before_it_is_known_how_the_change_ended_is_told_apart_later(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", drop=True, times=1)
    page = new_student.send(page, status=409, **FIRST)
    after = new_student.send(page, status=409, **SECOND)
    assert "That was: A rule may have been made" in after.words("#problem")
    assert number(after) == number(page)
    Change.objects.update(began=F("began") - timedelta(minutes=2))
    assert "Saved." in new_student.send(after).words(".note-ok")
    assert names(simulator) == ["Second"]


def test_an_old_list_says_what_is_true_now(rule_collector: Reader, simulator: Simulator) -> None:
    old = rule_collector.open("/en/rules/")
    page = rule_collector.send(old, switch(old, "図書館"))
    rule_collector.send(page, switch(page, "図書館"))
    after = rule_collector.send(old, switch(old, "図書館"), status=409)
    assert not after.all(".note-ok")
    assert "Turn off" in row(after, "図書館").get_text()
    assert named(simulator, COLLECTOR, "図書館")["isEnabled"] is True


def test_a_switch_sent_twice_is_answered_by_what_is_true(rule_collector: Reader, simulator: Simulator) -> None:
    old = rule_collector.open("/en/rules/")
    for _ in range(2):
        after = rule_collector.send(old, switch(old, "図書館"))
        assert "The rule was turned off." in after.words(".note-ok")
    assert writes(simulator) == ["PATCH"]


def test_a_deletion_with_the_ticket_of_a_creation_deletes_nothing(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **FIRST)
    question = new_student.open(link(new_student.open("/en/rules/"), "First", "Delete"))
    after = new_student.send(question, status=409, ticket=number(page))
    assert "The rule was not deleted." in after.text
    assert names(simulator) == ["First"]
    new_student.send(after)
    assert names(simulator) == []


def test_a_switch_with_the_ticket_of_another_rule_switches_nothing(
    rule_collector: Reader, simulator: Simulator
) -> None:
    old = rule_collector.open("/en/rules/")
    page = rule_collector.send(old, switch(old, "図書館"))
    other = next(tag.get_text() for tag in page.all(".rule h3 bdi") if tag.get_text() != "図書館")
    after = rule_collector.send(page, switch(page, other), ticket=number(old, switch(old, "図書館")), status=409)
    assert "A rule was turned off" in after.words("#problem")
    assert writes(simulator) == ["PATCH"]


def test_forwarding_to_one_is_not_called_forwarding_to_another(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student, "one@example.com")
    new_student.send(page, START)
    after = new_student.send(page, START, to="two@example.com", status=409)
    assert "Forwarding was started" in after.words("#problem")
    assert [sent_to(rule) for rule in simulator.rules(STUDENT)] == [["one@example.com"]]
    assert "Forwarding was changed." in new_student.send(after, START).words(".note-ok")
    assert [sent_to(rule) for rule in simulator.rules(STUDENT)] == [["two@example.com"]]


def test_forwarding_in_doubt_and_found_is_answered_as_done(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    simulator.fault("POST */messageRules", status=504, apply_after_ms=700, times=1)
    page = new_student.send(page, START, status=409)
    time.sleep(1)
    assert "Forwarding has started." in new_student.send(page, START).words(".note-ok")
    assert len(simulator.rules(STUDENT)) == 1


def test_the_same_form_after_outlook_changed_the_rule_is_answered_with_the_rule_as_it_is(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **FIRST)
    in_outlook(simulator, "PATCH", STUDENT, "First", conditions={"subjectContains": ["theirs"]})
    after = new_student.send(page, status=409, **FIRST)
    assert not after.all(".note-ok")
    assert "theirs" in after.all("#changed dd")[0].get_text()
    assert named(simulator, STUDENT, "First")["conditions"] == {"subjectContains": ["theirs"]}


def test_the_same_form_after_outlook_deleted_the_rule_is_answered_with_that(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **FIRST)
    in_outlook(simulator, "DELETE", STUDENT, "First")
    after = new_student.send(page, status=404, **FIRST)
    assert "was deleted meanwhile" in after.words("#problem")
    assert names(simulator) == []


def test_a_stop_sent_again_after_outlook_turned_the_rule_on_says_so(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator)
    old = new_student.open(PAGE)
    new_student.send(old, STOP)
    in_outlook(simulator, "PATCH", STUDENT, "Made in Outlook", isEnabled=True)
    after = new_student.send(old, STOP, status=409)
    assert not after.all(".note-ok")
    assert [rule["isEnabled"] for rule in simulator.rules(STUDENT)] == [True]


@pytest.mark.django_db(transaction=True)
def test_ten_forms_with_one_ticket_and_ten_contents_at_once_make_one_rule(
    new_student: Reader, simulator: Simulator
) -> None:
    simulator.switch(mailbox_concurrency=100)  # else Microsoft is busy for some of them
    form = filled(new_student.open(NEW).form(), {}, None)
    answers: list[tuple[int, str]] = []

    def send(place: int) -> None:
        browser = Client(SERVER_NAME="localhost", SERVER_PORT="8000", enforce_csrf_checks=True)
        browser.cookies = new_student.client.cookies
        values = {"name": f"Rule {place}", "subject_contains": "x", "mark_as_read": "on"}
        try:
            answers.append((browser.post(NEW, form | values).status_code, f"Rule {place}"))
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=(place,)) for place in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [302] + [409] * 9
    assert names(simulator) == [name for status, name in answers if status == 302]


@pytest.mark.parametrize("ticket", [None, "", "x" * 65])
def test_a_form_whose_ticket_is_missing_or_no_ticket_is_refused(
    rule_collector: Reader, simulator: Simulator, ticket: str | None
) -> None:
    listed = rule_collector.open("/en/rules/")
    question = rule_collector.open(link(listed, "図書館", "Delete"))
    for page, form, more in (
        (rule_collector.open(NEW), "main form", FIRST),
        (edit_page(rule_collector, "図書館", "en"), "main form", {"name": "x"}),
        (listed, switch(listed, "図書館"), {}),
        (question, "main form", {}),
    ):
        assert rule_collector.send(page, form, status=400, ticket=ticket, **more).h1 == "The request could not be read"
    assert writes(simulator) == []


def test_a_ticket_of_somebody_else_tells_nothing_and_takes_nothing(
    new_student: Reader, rule_collector: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **FIRST)
    after = rule_collector.send(rule_collector.open(NEW), ticket=number(page), **SECOND)
    assert "Saved." in after.words(".note-ok")
    assert "Second" in names(simulator, COLLECTOR)
    assert names(simulator) == ["First"]


def test_a_ticket_of_yesterday_is_still_spent(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **FIRST)
    Change.objects.update(began=F("began") - timedelta(days=1))
    new_student.send(page, status=409, **SECOND)
    assert names(simulator) == ["First"]


def test_a_form_sent_again_after_outlook_changed_what_it_does_not_show_is_not_called_saved(
    rule_collector: Reader, simulator: Simulator
) -> None:
    page = edit_page(rule_collector, "図書館", "en")
    rule_collector.send(page, name="図書館 2")
    in_outlook(simulator, "PATCH", COLLECTOR, "図書館 2", exceptions={"subjectContains": ["theirs"]})
    after = rule_collector.send(page, status=409, name="図書館 2")
    assert not after.all(".note-ok")
    assert "Nothing was changed." not in after.text


def test_a_start_sent_again_puts_the_rule_above_the_others_if_it_was_not(
    new_student: Reader, simulator: Simulator
) -> None:
    outlook_rule(simulator, "Stop here", actions={"markAsRead": True, "stopProcessingRules": True})
    page = checked(new_student)
    simulator.fault("PATCH */messageRules/*", status=429, times=1)
    assert "It could not be put above" in new_student.send(page, START).words(".note-ok")
    assert "Forwarding has started." in new_student.send(page, START).words(".note-ok")
    assert names(simulator)[-1] == "Stop here"


def test_a_rule_that_says_more_is_no_rule_that_says_the_same(new_student: Reader, simulator: Simulator) -> None:
    """Our rule has got a condition in Outlook, so all mail is not forwarded; now it is to be."""
    page = checked(new_student)
    new_student.send(page, START)
    in_outlook(simulator, "PATCH", STUDENT, names(simulator)[0], conditions={"subjectContains": ["only this"]})
    assert "Forwarding has started." in new_student.send(checked(new_student), START).words(".note-ok")
    assert len(simulator.rules(STUDENT)) == 2
