"""Starting and changing the forwarding when Microsoft, the browser or somebody else gets in the way."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db.models import F
from django.test import Client

from accounts.models import User
from portal.changes.journal import Change, State, get_doubt_period
from portal.connect import mailbox_lease
from tests.forwarding.forwarding_page import (
    HOME,
    PAGE,
    RULES,
    SITE_RULE_NAME,
    STUDENT,
    checked,
    outlook_forward,
    outlook_rule,
    people,
    sent_to,
    typed,
)
from tests.front_door import Page, Reader, filled
from tests.graph.request_log import count_requests
from tests.simulator_control import Simulator

START = "form#start"


def names(simulator: Simulator) -> list[str]:
    return [rule["displayName"] for rule in simulator.rules(STUDENT)]


def test_the_same_form_twice_makes_one_rule(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    new_student.send(page, START)
    again = new_student.send(page, START)
    assert "Forwarding has started." in again.words(".note-ok")
    assert names(simulator) == [SITE_RULE_NAME]
    assert Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_rule(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    simulator.fault("POST */messageRules", delay_ms=300, times=1)
    answers: list[int] = []
    clicks = [Thread(target=click, args=(new_student, page, answers)) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert answers == [302, 302]
    assert names(simulator) == [SITE_RULE_NAME]


def click(reader: Reader, page: Page, answers: list[int]) -> None:
    from django.db import connections

    browser = Client(SERVER_NAME="localhost", SERVER_PORT="8000", enforce_csrf_checks=True)
    browser.cookies = reader.client.cookies
    try:
        answers.append(browser.post(f"{PAGE}start/", filled(page.form(START), {}, None)).status_code)
    finally:
        connections.close_all()


@pytest.mark.parametrize("how", [{"status": 504}, {"drop": True}])
def test_an_answer_that_was_lost_after_the_rule_was_made_is_found(
    new_student: Reader, simulator: Simulator, how: dict[str, object]
) -> None:
    page = checked(new_student)
    simulator.fault("POST */messageRules", apply=True, times=1, **how)
    after = new_student.send(page, START)
    assert "Forwarding has started." in after.words(".note-ok")
    assert names(simulator) == [SITE_RULE_NAME]
    assert Change.objects.get().state == State.DONE


def test_a_rule_that_did_not_come_to_the_top_is_said_not_to_work(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, "Stop here", actions={"markAsRead": True, "stopProcessingRules": True})
    page = checked(new_student)
    simulator.fault("PATCH */messageRules/*", status=504, times=1)
    after = new_student.send(page, START)
    assert names(simulator) == ["Stop here", SITE_RULE_NAME]
    assert "It could not be put above your other rules" in after.words(".note-ok")
    assert after.words(".state") == "There is forwarding, but it does not work"
    new_student.send(checked(new_student), START)
    assert names(simulator) == [SITE_RULE_NAME, "Stop here"]


@pytest.mark.parametrize("how", [{"status": 504}, {"drop": True}])
def test_a_request_that_was_lost_on_its_way_is_in_doubt_for_a_minute_and_can_then_be_sent_again(
    new_student: Reader, simulator: Simulator, how: dict[str, object]
) -> None:
    page = checked(new_student)
    simulator.fault("POST */messageRules", times=1, **how)
    after = new_student.send(page, START, status=409)
    assert "Microsoft may still make the change within a minute." in after.words("#problem")
    assert new_student.send(checked(new_student), START, status=409).words("#problem h2")
    assert names(simulator) == []
    Change.objects.update(began=F("began") - get_doubt_period())
    assert "Forwarding has started." in new_student.send(after, START).words(".note-ok")
    assert names(simulator) == [SITE_RULE_NAME]


def test_when_it_cannot_be_looked_up_it_is_in_doubt_and_not_made_twice(
    new_student: Reader, simulator: Simulator
) -> None:
    page = checked(new_student)
    simulator.fault("POST */messageRules", status=504, apply=True, times=1)
    simulator.fault("GET */messageRules", times=1)  # answered as usual: before the writing
    simulator.fault("GET */messageRules", status=500, times=2)
    after = new_student.send(page, START, status=409)
    assert "This site does not send it a second time." in after.words("#problem")
    assert "Forwarding has started." in new_student.send(after, START).words(".note-ok")
    assert names(simulator) == [SITE_RULE_NAME]
    assert Change.objects.get().state == State.DONE


def test_a_busy_microsoft_keeps_what_was_typed(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student, copy="drop")
    simulator.fault("POST */messageRules", status=429, headers={"Retry-After": "30"}, times=1)
    after = new_student.send(page, START, status=503)
    assert "Nothing was changed." in after.words("#problem")
    assert "MD-" in after.words("#problem .ref")
    assert after.words("#start .btn-main") == f"Start forwarding to {HOME}"
    assert names(simulator) == []
    new_student.send(after, START)
    assert names(simulator) == [SITE_RULE_NAME]


@pytest.mark.parametrize("place", ["check/", "start/", ""])
def test_rules_that_cannot_be_read_keep_what_was_typed(new_student: Reader, simulator: Simulator, place: str) -> None:
    values = filled(checked(new_student).form(START), {}, None)
    simulator.fault("GET */messageRules", status=503, headers={"Retry-After": "60"})
    after = new_student._arrive(new_student.post(f"{PAGE}{place}", **values), f"{PAGE}{place}", 502)
    assert after.words(".state") == "The state of forwarding could not be read"
    assert typed(after) == HOME
    assert "Nothing was changed." in after.words("#problem")


def test_a_page_that_cannot_be_read_says_why(new_student: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules", status=429, headers={"Retry-After": "40"})
    page = new_student.open(PAGE, status=503)
    assert page.h1 == "Microsoft is busy right now"


def test_a_forwarding_made_in_outlook_meanwhile_is_shown_and_not_doubled(
    new_student: Reader, simulator: Simulator
) -> None:
    page = checked(new_student)
    outlook_forward(simulator, "other@example.com")
    after = new_student.send(page, START, status=409)
    assert "Nothing was changed." in after.words("#problem")
    assert "other@example.com" in after.text
    assert after.words("#start .btn-main") == "Change the forwarding"
    assert names(simulator) == ["Made in Outlook"]
    new_student.send(after, START)
    assert [sent_to(rule) for rule in simulator.rules(STUDENT)] == [[HOME]]


@pytest.mark.django_db(transaction=True)
def test_while_another_tab_changes_the_mailbox_the_answers_wait(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    with mailbox_lease(User.objects.get(address=STUDENT)):
        after = new_student.send(page, START, status=409)
    assert "Nothing was changed." in after.words("#problem")
    assert names(simulator) == []
    new_student.send(after, START)
    assert names(simulator) == [SITE_RULE_NAME]


@pytest.mark.django_db(transaction=True)
def test_while_another_tab_changes_the_mailbox_and_microsoft_is_busy_what_was_typed_stays(
    new_student: Reader, simulator: Simulator
) -> None:
    page = checked(new_student)
    simulator.fault("GET */messageRules", status=503, headers={"Retry-After": "60"})
    with mailbox_lease(User.objects.get(address=STUDENT)):
        after = new_student.send(page, START, status=409)
    assert after.words(".state") == "The state of forwarding could not be read"
    assert typed(after) == HOME
    simulator.heal()
    assert names(simulator) == []


@pytest.mark.django_db(transaction=True)
def test_while_another_tab_changes_the_mailbox_nobody_is_offered_what_is_not_allowed(
    new_student: Reader, simulator: Simulator
) -> None:
    page = checked(new_student)
    nine = people(*(f"a{number}@example.com" for number in range(9)))
    outlook_rule(simulator, "Some", conditions={"subjectContains": ["x"]}, actions={"forwardTo": nine})
    with mailbox_lease(User.objects.get(address=STUDENT)):
        after = new_student.send(page, START, status=422)
    assert "so there is room for 0" in after.words(".errors a[href='#id_to']")
    assert names(simulator) == ["Some"]


def test_what_is_no_longer_allowed_under_the_lease_is_an_error_at_the_address(
    new_student: Reader, simulator: Simulator
) -> None:
    page = checked(new_student)
    nine = people(*(f"a{number}@example.com" for number in range(9)))
    outlook_rule(simulator, "Some", conditions={"subjectContains": ["x"]}, actions={"forwardTo": nine})
    before = count_requests(simulator, "GET", "/messageRules")
    after = new_student.send(page, START, status=422)
    assert "so there is room for 0" in after.words(".errors a[href='#id_to']")
    assert count_requests(simulator, "GET", "/messageRules") - before == 1
    assert names(simulator) == ["Some"]


def test_a_rule_changed_in_outlook_meanwhile_is_shown_and_not_overwritten(
    new_student: Reader, simulator: Simulator
) -> None:
    made = outlook_forward(simulator)
    page = checked(new_student, "mine@example.com")
    theirs = {"actions": {"forwardTo": [{"emailAddress": {"address": "theirs@example.com"}}]}}
    simulator.graph(STUDENT, "PATCH", f"{RULES}/{made['id']}", theirs)
    after = new_student.send(page, START, status=409)
    assert "theirs@example.com" in after.text
    assert "mine@example.com" in after.text
    assert sent_to(simulator.rules(STUDENT)[0]) == ["theirs@example.com"]


def test_a_rule_deleted_in_outlook_meanwhile_is_said_to_be_gone(new_student: Reader, simulator: Simulator) -> None:
    made = outlook_forward(simulator)
    page = checked(new_student, "mine@example.com")
    simulator.graph(STUDENT, "DELETE", f"{RULES}/{made['id']}")
    after = new_student.send(page, START, status=404)
    assert "was deleted meanwhile" in after.words("#problem")
    assert after.words("#start .btn-main") == "Start forwarding to mine@example.com"
    assert names(simulator) == []


def test_without_the_csrf_token_nothing_is_done(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    for token in (None, "x" * 64):
        after = new_student.send(page, START, csrfmiddlewaretoken=token, status=403)
        assert after.h1 == "The form is too old"
    assert names(simulator) == []


def test_without_a_ticket_nothing_is_done(new_student: Reader, simulator: Simulator) -> None:
    assert new_student.send(checked(new_student), START, ticket=None, status=400).status == 400
    assert names(simulator) == []


def test_after_signing_out_the_form_leads_to_the_sign_in_page(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    sign_out = page.form("header form[action$='sign-out/']")
    new_student.post(str(sign_out["action"]), **filled(sign_out, {}, None))
    after = new_student.send(page, START, csrfmiddlewaretoken=fresh_token(new_student))
    assert after.address.startswith("/en/accounts/sign-in/")
    assert names(simulator) == []


def fresh_token(reader: Reader) -> str:
    page = reader.open("/en/accounts/sign-in/")
    return str(page.soup.select_one("main input[name=csrfmiddlewaretoken]")["value"])  # type: ignore[index]


def test_signed_out_people_come_to_the_sign_in_page(visitor: Reader) -> None:
    assert visitor.open(PAGE).address.startswith("/en/accounts/sign-in/")
