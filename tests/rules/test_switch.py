"""Turning a rule off and on."""

from __future__ import annotations

from tests.front_door import Page, Reader, filled
from tests.rules.rule_page import COLLECTOR, STUDENT, change, encoded, made, named, row, switch, writes
from tests.simulator_control import Simulator


def test_a_rule_is_turned_off_and_on_again(rule_collector: Reader, simulator: Simulator) -> None:
    page = rule_collector.open("/ja/rules/")
    page = rule_collector.send(page, switch(page, "図書館"))
    assert "ルールをオフにしました" in page.words(".note-ok")
    assert named(simulator, COLLECTOR, "図書館")["isEnabled"] is False
    page = rule_collector.send(page, switch(page, "図書館"))
    assert "ルールをオンにしました" in page.words(".note-ok")
    assert named(simulator, COLLECTOR, "図書館")["isEnabled"] is True


def test_a_rule_that_the_mail_service_returns_is_not_turned_on(new_student: Reader, simulator: Simulator) -> None:
    person = {"emailAddress": {"address": "me@blocked.example"}}
    made(simulator, STUDENT, displayName="out", isEnabled=False, actions={"forwardTo": [person]})
    page = new_student.open("/ja/rules/")
    page = new_student.send(page, switch(page, "out"), status=422)
    assert "5.7.520" in page.words(".errors")
    assert named(simulator, STUDENT, "out")["isEnabled"] is False


def test_a_read_only_rule_is_not_switched(rule_collector: Reader, simulator: Simulator) -> None:
    """A rule that becomes read-only while its page is open, or a form that somebody made up."""
    rule = encoded(named(simulator, COLLECTOR, "受信日で仕分け")["id"])
    page = rule_collector.open("/ja/rules/")
    data = filled(page.form(switch(page, "図書館")), {}, None) | {"enabled": ["0"]}
    answer = Page(rule_collector.client.post(f"/ja/rules/{rule}/switch/", data), "switch")
    assert answer.status == 409
    assert "Outlook" in answer.h1
    assert writes(simulator) == []


def test_a_rule_changed_meanwhile_is_not_switched(rule_collector: Reader, simulator: Simulator) -> None:
    listed = rule_collector.open("/ja/rules/")
    change(simulator, COLLECTOR, "図書館", conditions={"subjectContains": ["延滞"]})
    page = rule_collector.send(listed, switch(listed, "図書館"), status=409)
    assert "延滞" in row(page, "図書館").get_text()
    assert page.all("#problem")
    assert named(simulator, COLLECTOR, "図書館")["isEnabled"] is True


def test_a_mangled_form_is_a_bad_request(rule_collector: Reader, simulator: Simulator) -> None:
    listed = rule_collector.open("/ja/rules/")
    rule_collector.send(listed, switch(listed, "図書館"), enabled="x", status=400)
    assert writes(simulator) == []
