"""Ending the forwarding: ours is deleted, Outlook's is switched off."""

from __future__ import annotations

from portal.changes.models import Change, Kind
from tests.forwarding.forwarding_page import OURS, PAGE, RULES, STUDENT, outlook_forward, started
from tests.front_door import Reader
from tests.simulator_control import Simulator

STOP = "form[action$='/stop/']"


def test_stopping_deletes_our_rule(new_student: Reader, simulator: Simulator) -> None:
    page = started(new_student)
    assert "Stopping deletes this site's rule." in page.words(STOP)
    after = new_student.send(page, STOP)
    assert "The forwarding rule was deleted." in after.words(".note-ok")
    assert after.words(".state") == "No rule forwards your mail"
    assert simulator.rules(STUDENT) == []
    assert Change.objects.first().kind == Kind.STOP_FORWARDING  # type: ignore[union-attr]


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
    made = outlook_forward(simulator, name=OURS)
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
