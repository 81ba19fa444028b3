"""Ending the forwarding: what this site made is deleted, what was made or added elsewhere is switched off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings

from portal.changes.journal import Change, Kind
from tests.forwarding.forwarding_page import PAGE, RULES, SITE_RULE_NAME, STUDENT, outlook_forward, people, started
from tests.front_door import Reader, filled
from tests.graph.request_log import count_requests
from tests.simulator_control import Simulator

STOP = "form[action$='/stop/']"


def test_stopping_deletes_the_site_rule(new_student: Reader, simulator: Simulator) -> None:
    page = started(new_student)
    assert "Stopping deletes this site's rule." in page.words(STOP)
    after = new_student.send(page, STOP)
    assert "The forwarding rule was deleted." in after.words(".note-ok")
    assert after.words(".state") == "No rule forwards your mail"
    assert simulator.rules(STUDENT) == []
    assert Change.objects.first().kind == Kind.STOP_FORWARDING  # type: ignore[union-attr]


def test_the_rules_are_read_twice_under_the_lease_and_after_the_write(
    new_student: Reader, simulator: Simulator
) -> None:
    page = started(new_student)
    before = count_requests(simulator, "GET", "/messageRules")
    new_student.post(f"{PAGE}stop/", **filled(page.form(STOP), {}, None))
    assert count_requests(simulator, "GET", "/messageRules") - before == 2
    assert simulator.rules(STUDENT) == []


def test_stopping_turns_outlooks_rule_off(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator)
    page = new_student.open(PAGE)
    assert "Stopping turns the rule off." in page.words(STOP)
    after = new_student.send(page, STOP)
    assert "The forwarding rule was turned off." in after.words(".note-ok")
    assert [rule["isEnabled"] for rule in simulator.rules(STUDENT)] == [False]
    assert Change.objects.get().kind == Kind.STOP_FORWARDING


def test_stopping_one_of_several_leaves_the_others(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "a@example.com", "one")
    outlook_forward(simulator, "b@example.com", "two")
    after = new_student.send(new_student.open(PAGE), STOP)
    assert after.words(".state") == "Your mail is forwarded outside the university"
    assert [rule["isEnabled"] for rule in simulator.rules(STUDENT)] == [False, True]


def test_the_same_form_twice_stops_once(new_student: Reader, simulator: Simulator) -> None:
    page = started(new_student)
    new_student.send(page, STOP)
    assert "was deleted" in new_student.send(page, STOP).words(".note-ok")
    assert Change.objects.filter(kind=Kind.STOP_FORWARDING).count() == 1


def test_a_rule_that_was_changed_meanwhile_is_left_alone(new_student: Reader, simulator: Simulator) -> None:
    made = outlook_forward(simulator, name=SITE_RULE_NAME)
    page = new_student.open(PAGE)
    simulator.graph(STUDENT, "PATCH", f"{RULES}/{made['id']}", {"conditions": {"subjectContains": ["only this"]}})
    after = new_student.send(page, STOP, status=409)
    assert "the rule was changed in Outlook" in after.words("#problem")
    assert len(simulator.rules(STUDENT)) == 1


def test_a_rule_that_is_gone_is_said_to_be_gone(new_student: Reader, simulator: Simulator) -> None:
    made = outlook_forward(simulator)
    page = new_student.open(PAGE)
    simulator.graph(STUDENT, "DELETE", f"{RULES}/{made['id']}")
    after = new_student.send(page, STOP, status=404)
    assert "was deleted meanwhile" in after.words("#problem")
    assert after.words(".state") == "No rule forwards your mail"


def test_a_busy_microsoft_stops_nothing_and_says_so(new_student: Reader, simulator: Simulator) -> None:
    page = started(new_student)
    simulator.fault("DELETE */messageRules/*", status=429, headers={"Retry-After": "30"}, times=1)
    after = new_student.send(page, STOP, status=503)
    assert "Nothing was changed." in after.words("#problem")
    assert len(simulator.rules(STUDENT)) == 1
    assert "was deleted" in new_student.send(after, STOP).words(".note-ok")


def test_a_lost_answer_is_looked_up(new_student: Reader, simulator: Simulator) -> None:
    page = started(new_student)
    simulator.fault("DELETE */messageRules/*", status=504, apply=True, times=1)
    assert "was deleted" in new_student.send(page, STOP).words(".note-ok")


def test_a_rule_of_somebody_else_does_not_exist(new_student: Reader, forwarder: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator)
    theirs = simulator.rules("forwarder@example.ac.jp")[0]["id"]
    after = new_student.send(new_student.open(PAGE), STOP, rule=theirs, status=404)
    assert "was deleted meanwhile" in after.words("#problem")
    assert simulator.rules("forwarder@example.ac.jp")[0]["isEnabled"] is True


def test_a_form_that_is_not_ours_is_refused(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator)
    page = new_student.open(PAGE)
    for wrong in ({"ticket": None}, {"ticket": "x" * 65}, {"rule": "x" * 513}):
        assert new_student.send(page, STOP, status=400, **wrong).h1 == "The request could not be read"


ADDITIONS = {
    "a category": {"actions": {"assignCategories": ["転送済み"]}},
    "an importance": {"actions": {"markImportance": "high"}},
    "an exception": {"exceptions": {"fromAddresses": [{"emailAddress": {"address": "teacher@example.ac.jp"}}]}},
    "a way of forwarding": {"actions": {"forwardAsAttachmentTo": [{"emailAddress": {"address": "b@example.com"}}]}},
}


@pytest.mark.parametrize("addition", ADDITIONS.values(), ids=list(ADDITIONS))
def test_what_was_added_in_outlook_stays_and_is_switched_off(
    new_student: Reader, simulator: Simulator, addition: dict[str, Any]
) -> None:
    started(new_student)
    rule = simulator.rules(STUDENT)[0]
    now = {name: {**rule.get(name, {}), **more} for name, more in addition.items()}
    simulator.graph(STUDENT, "PATCH", f"{RULES}/{rule['id'].replace('=', '%3D').replace('/', '%2F')}", now)
    page = new_student.open(PAGE)
    assert "So stopping only turns it off" in page.words(STOP)
    after = new_student.send(page, STOP)
    assert "The forwarding rule was turned off." in after.words(".note-ok")
    (left,) = simulator.rules(STUDENT)
    assert left["isEnabled"] is False
    for name, parts in addition.items():
        assert without_names(left[name]).items() >= parts.items()


def without_names(parts: dict[str, Any]) -> dict[str, Any]:
    """Exchange puts a name to each address."""
    return {
        name: people(*(person["emailAddress"]["address"] for person in value))
        if name.endswith(("To", "Addresses"))
        else value
        for name, value in parts.items()
    }


def test_a_rule_that_outlook_only_gave_names_to_and_moved_is_still_as_it_was_made(
    new_student: Reader, simulator: Simulator
) -> None:
    started(new_student, "one@example.com, two@example.ac.jp", copy="drop")
    rule = simulator.rules(STUDENT)[0]
    named = {
        "forwardTo": [{"emailAddress": {"name": "One", "address": "ONE@example.com"}}],
        "redirectTo": [{"emailAddress": {"name": "Two", "address": "two@example.ac.jp"}}],
        "delete": True,
    }
    path = f"{RULES}/{rule['id'].replace('=', '%3D').replace('/', '%2F')}"
    simulator.graph(STUDENT, "PATCH", path, {"actions": named, "sequence": 5})
    assert "was deleted" in new_student.send(new_student.open(PAGE), STOP).words(".note-ok")
    assert simulator.rules(STUDENT) == []


def test_a_new_name_in_the_service_file_loses_nothing_that_was_made_under_the_old_one(
    new_student: Reader, simulator: Simulator, settings: LazySettings
) -> None:
    started(new_student)
    service = settings.SERVICE
    forwarding = replace(service.forwarding, rule_name="New name", earlier_rule_names=(SITE_RULE_NAME,))
    settings.SERVICE = replace(service, forwarding=forwarding)
    after = started(new_student, "other@example.com")
    assert "Forwarding was changed." in after.words(".note-ok")
    (rule,) = simulator.rules(STUDENT)
    assert rule["displayName"] == SITE_RULE_NAME
    assert "Stopping deletes this site's rule." in after.words(STOP)
    new_student.send(after, STOP)
    assert simulator.rules(STUDENT) == []
    started(new_student)
    assert [rule["displayName"] for rule in simulator.rules(STUDENT)] == ["New name"]
