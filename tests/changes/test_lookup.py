"""A change whose answer did not come: what is said of it, and who finds out how it ended."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.leases import EXPIRY
from accounts.models import Lease, User
from portal.changes import journal
from portal.changes.journal import Change, Kind, State, Ticket
from tests.changes.direct_change import Audited
from tests.forwarding.forwarding_page import PAGE, STUDENT
from tests.front_door import Page, Reader
from tests.rules.rule_page import RULES, switch
from tests.simulator_control import Simulator

NEW, LIST, HISTORY = "/en/rules/new/", "/en/rules/", "/en/history/"
RULE = {"name": "Mine", "subject_contains": "alpha", "mark_as_read": "on"}
LATE = {"status": 504, "apply_after_ms": 400, "times": 1}


def in_doubt(reader: Reader, simulator: Simulator, fault: dict[str, Any]) -> Page:
    page = reader.open(NEW)
    simulator.fault("POST */messageRules", **fault)
    return reader.send(page, status=409, **RULE)


def later() -> None:
    """As if everything had been begun two minutes earlier."""
    Change.objects.update(began=F("began") - timedelta(minutes=2))


def test_doubt_is_not_said_to_be_a_failure(new_student: Reader, simulator: Simulator) -> None:
    page = in_doubt(new_student, simulator, {"status": 504, "times": 1})
    assert page.words("#problem h2") == "It is not known whether the change was made"
    assert page.all("#problem.note-warn.note-doubt")
    assert not page.all(".note-error")
    assert "could not be carried out" not in page.text
    assert "Nothing was changed" not in page.text
    assert page.soup.title.get_text().startswith("Not known yet: ")  # type: ignore[union-attr]


def test_an_answer_that_could_not_be_verified_has_words_of_its_own(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    simulator.fault("GET */messageRules", times=2)  # by the form, and under the lease
    simulator.fault("GET */messageRules", status=500, times=2)
    page = new_student.send(page, status=409, **RULE)
    assert page.words("#problem h2") == "The change was accepted, but could not be checked"
    assert "Microsoft said that it made the change" in page.words("#problem")


def test_a_rule_that_microsoft_made_otherwise_has_words_of_its_own(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    made = {"id": "AQAAAJ5dNEW=", "displayName": "Mine", "isEnabled": True, "actions": {"markAsRead": True}}
    simulator.fault("GET */messageRules", times=2)  # as above
    simulator.fault("POST */messageRules", status=201, body=made)
    simulator.fault("GET */messageRules", status=200, body={"value": [made]})
    page = new_student.send(page, status=409, **RULE)
    assert page.words("#problem h2") == "The rule reads differently than you asked for"
    assert "what is in your mailbox now is not what you asked for" in page.words("#problem")


@pytest.mark.parametrize("address", [LIST, PAGE, HISTORY])
def test_whoever_reads_the_rules_finds_out_and_the_person_is_told_once(
    new_student: Reader, simulator: Simulator, audited: Audited, address: str
) -> None:
    in_doubt(new_student, simulator, LATE)
    time.sleep(0.7)
    page = new_student.open(address)
    assert "Now it is: A rule was made" in page.words(".note-ok")
    assert Change.objects.get().state == State.DONE
    assert audited()[-2:] == [("create-rule", "doubtful", ""), ("create-rule", "done", "looked-up")]
    assert not new_student.open(address).all(".note-ok")
    assert "A rule was made" in new_student.open(HISTORY).words(".change")


def test_what_did_not_come_is_settled_by_looking_too(
    new_student: Reader, simulator: Simulator, audited: Audited
) -> None:
    in_doubt(new_student, simulator, {"drop": True, "times": 1})
    page = new_student.open(LIST)
    assert page.words(".note-doubt h2") == "A rule may have been made"
    later()
    assert "A rule was to be made, but was not" in new_student.open(LIST).words(".note")
    assert audited()[-1] == ("create-rule", "not-done", "looked-up")
    assert not new_student.open(LIST).all(".note-doubt")


def test_what_is_not_known_yet_is_not_written_into_the_audit_log_at_each_look(
    new_student: Reader, simulator: Simulator, audited: Audited
) -> None:
    in_doubt(new_student, simulator, {"drop": True, "times": 1})
    for _ in range(3):
        new_student.open(LIST)
    assert [line[1] for line in audited() if line[0] == "create-rule"] == ["doubtful"]


def test_news_waits_until_a_page_that_can_tell_it_came(new_student: Reader, simulator: Simulator) -> None:
    in_doubt(new_student, simulator, LATE)
    time.sleep(0.7)
    simulator.fault("GET */messageRules*", status=503, headers={"Retry-After": "60"})
    new_student.open(LIST, status=502)
    simulator.heal()
    assert "A rule was made" in new_student.open(LIST).words(".note-ok")


def test_the_next_write_settles_and_the_list_after_it_tells(new_student: Reader, simulator: Simulator) -> None:
    in_doubt(new_student, simulator, LATE)
    time.sleep(0.7)
    page = new_student.send(new_student.open(NEW), **(RULE | {"name": "Another", "subject_contains": "beta"}))
    assert [" ".join(note.get_text().split())[:6] for note in page.all(".note-ok")] == ["Saved.", "It was"]
    assert len(simulator.rules(STUDENT)) == 2


def test_a_change_under_way_is_not_in_doubt(new_student: Reader, simulator: Simulator) -> None:
    """Its process lives and renews the lease; the rule is made, and its entry is not closed yet."""
    change = begun(simulator, made=True)
    held(EXPIRY)
    page = new_student.open(LIST)
    assert "A change is being made at this moment, or was interrupted." in page.words(".note")
    assert not page.all(".note-doubt")
    change.refresh_from_db()
    assert change.state == State.INTENDED


def begun(simulator: Simulator, *, made: bool, ticket: str = "t0") -> Change:
    """The journal and the mailbox as a process leaves them that is making a rule."""
    body = {"displayName": "課題", "isEnabled": True, "actions": {"markAsRead": True}}
    contents = {"before": None, "wanted": body, "after": None, "ids": []}
    person = User.objects.get(address=STUDENT)
    change = journal.begin_change(person, Ticket.of(ticket), Kind.CREATE_RULE, "", contents)
    if made:
        simulator.graph(STUDENT, "POST", RULES, {**body, "sequence": 1})
    return change


def held(seconds: float) -> None:
    """Somebody holds the mailbox's lease, with so much time left."""
    key = f"mailbox:{User.objects.get(address=STUDENT).pk}"
    Lease.objects.create(key=key, holder="x", expires_at=timezone.now() + timedelta(seconds=seconds))


def test_after_a_crash_the_next_page_says_so_and_the_one_after_says_how_it_ended(
    new_student: Reader, simulator: Simulator
) -> None:
    begun(simulator, made=True)
    held(1.0)
    assert "A change is being made at this moment, or was interrupted." in new_student.open(LIST).words(".note")
    time.sleep(1.1)
    assert "A rule was made" in new_student.open(LIST).words(".note-ok")


def test_after_a_crash_the_next_form_goes_on_as_soon_as_the_lease_ran_out(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    begun(simulator, made=True)
    held(3.4)
    began = time.monotonic()
    page = new_student.send(page, **RULE)
    assert time.monotonic() - began < EXPIRY
    assert "Saved." in page.text
    assert "A rule was made" in page.text


def test_a_switch_in_doubt_that_is_made_by_hand_again_is_not_credited_twice(
    rule_collector: Reader, simulator: Simulator
) -> None:
    page = rule_collector.open(LIST)
    simulator.fault("PATCH */messageRules/*", status=504, times=1)
    page = rule_collector.send(page, switch(page, "図書館"), status=409)
    again = rule_collector.open(LIST)
    refused = rule_collector.send(again, switch(again, "図書館"), status=409)
    assert "so this one was not sent" in refused.words("#problem")
    later()
    again = rule_collector.open(LIST)
    rule_collector.send(again, switch(again, "図書館"))
    assert [change.state for change in Change.objects.all()] == [State.DONE, State.NOT_DONE]


def test_a_second_click_on_a_form_that_is_being_carried_out_is_not_told_that_nothing_was_changed(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    begun(simulator, made=False, ticket=str(page.form().select_one("[name=ticket]")["value"]))  # type: ignore[index]
    held(60)
    page = new_student.send(page, status=409, **RULE)
    assert "by the same form, sent twice" in page.words("#problem")
    assert "Nothing was changed" not in page.text


def test_an_unreadable_page_does_not_deny_what_the_same_form_may_have_done(
    new_student: Reader, simulator: Simulator
) -> None:
    page = in_doubt(new_student, simulator, {"status": 504, "times": 1})
    simulator.fault("GET */messageRules*", status=503, headers={"Retry-After": "60"})
    assert "Nothing was changed" not in new_student.send(page, status=502).text


def test_what_no_key_opens_is_no_doubt_that_a_minute_could_settle(new_student: Reader, simulator: Simulator) -> None:
    in_doubt(new_student, simulator, {"drop": True, "times": 1})
    Change.objects.update(sealed="not of ours")
    later()
    assert not new_student.open(LIST).all(".note")
