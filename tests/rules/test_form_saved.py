"""Rules are written once, never over somebody else's change, and what was typed is never lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F
from hypothesis import HealthCheck, Phase, given, settings

from portal.changes.journal import Change, get_doubt_period
from tests.front_door import Page, Reader, filled, house_rules
from tests.rules.rule_page import (
    COLLECTOR,
    NEW,
    NEW_RULE,
    STUDENT,
    change,
    delete_page,
    edit_page,
    named,
    typed_texts,
    writes,
)
from tests.simulator_control import Simulator


def test_a_form_sent_twice_is_carried_out_once(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    for _ in range(2):
        assert "保存しました" in new_student.send(page, **NEW_RULE).words(".note-ok")
    assert len(simulator.rules(STUDENT)) == 1
    assert writes(simulator) == ["POST"]


def test_an_edit_sent_twice_is_carried_out_once(rule_collector: Reader, simulator: Simulator) -> None:
    page = edit_page(rule_collector, "図書館")
    for _ in range(2):
        rule_collector.send(page, name="図書館から")
    assert writes(simulator) == ["PATCH"]


def test_a_rule_changed_in_outlook_meanwhile_is_shown_and_not_overwritten(
    rule_collector: Reader, simulator: Simulator
) -> None:
    page = edit_page(rule_collector, "図書館")
    change(simulator, COLLECTOR, "図書館", conditions={"subjectContains": ["延滞"]})
    page = rule_collector.send(page, name="図書館 2", subject_contains="貸出", status=409)
    assert page.soup.title.get_text().startswith("エラー：")  # type: ignore[union-attr]
    now, wanted = (item.get_text() for item in page.all("#changed dd"))
    assert '件名に "延滞" を含むメールを' in now
    assert '件名に "貸出" を含むメールを' in wanted
    assert named(simulator, COLLECTOR, "図書館")["conditions"] == {"subjectContains": ["延滞"]}
    rule_collector.send(page)
    assert named(simulator, COLLECTOR, "図書館 2")["conditions"]["subjectContains"] == ["貸出"]


def test_a_rule_deleted_meanwhile_leaves_what_was_typed(rule_collector: Reader, simulator: Simulator) -> None:
    page = edit_page(rule_collector, "図書館")
    rule_collector.send(delete_page(rule_collector, "図書館"))
    page = rule_collector.send(page, body_contains="予約", status=404)
    assert page.all("#problem .ref")
    assert page.words("[name=body_contains]") == "予約"


FAULTS = [
    ({"status": 429, "headers": {"Retry-After": "120"}}, 503),
    ({"status": 400, "body": {"error": {"code": "ErrorInboxRulesValidationError", "message": "x"}}}, 502),
]


@pytest.mark.parametrize(("fault", "status"), FAULTS)
def test_a_refused_write_keeps_what_was_typed_and_is_not_repeated(
    new_student: Reader, simulator: Simulator, fault: dict[str, Any], status: int
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", **fault, times=1)
    page = new_student.send(page, status=status, **NEW_RULE)
    assert page.soup.title.get_text().startswith("エラー：")  # type: ignore[union-attr]
    assert page.words("#problem .ref").startswith("MD-")
    assert page.words("[name=subject_contains]") == "課題"
    assert simulator.rules(STUDENT) == []
    assert writes(simulator) == ["POST"]
    new_student.send(page)
    assert len(simulator.rules(STUDENT)) == 1


def test_a_write_in_doubt_keeps_what_was_typed_and_can_be_sent_again_after_a_minute(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", status=503, times=1)
    page = new_student.send(page, status=409, **NEW_RULE)
    assert "1分以内に変更される可能性があります" in page.words("#problem")
    page = new_student.send(page, status=409)
    assert page.words("[name=subject_contains]") == "課題"
    another = new_student.send(new_student.open(NEW), status=409, **NEW_RULE)
    assert "今回の変更は送っていません" in another.words("#problem")
    assert writes(simulator) == ["POST"]
    Change.objects.update(began=F("began") - get_doubt_period())
    new_student.send(page)
    assert len(simulator.rules(STUDENT)) == 1


def test_a_write_whose_answer_was_lost_is_looked_up_and_shown_as_done(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", status=504, apply=True, times=1)
    assert "保存しました" in new_student.send(page, **NEW_RULE).words(".note-ok")
    assert writes(simulator) == ["POST"]


def test_rules_that_cannot_be_read_keep_what_was_typed(rule_collector: Reader, simulator: Simulator) -> None:
    new, edit = rule_collector.open(NEW), edit_page(rule_collector, "図書館")
    simulator.fault("GET */messageRules*", status=503, times=99)
    for page in (new, edit):
        found = rule_collector.send(page, subject_contains="<課題>", status=502)
        assert found.words("[name=subject_contains]") == "<課題>"
        assert found.all("#problem .ref")
    simulator.heal()
    assert writes(simulator) == []


def test_a_form_without_its_token_is_refused(new_student: Reader, simulator: Simulator) -> None:
    for address in (NEW, "/ja/rules/YWJj/", "/ja/rules/YWJj/switch/", "/ja/rules/YWJj/delete/"):
        assert new_student.post(address, **NEW_RULE).status_code == 403
    assert writes(simulator) == []


def test_a_form_used_after_sign_out_is_not_carried_out(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    new_student.client.logout()
    new_student.client.cookies["madoguchi_csrf"] = "x" * 32
    answer = new_student.client.post(NEW, filled(page.form(), NEW_RULE, None))
    assert answer.status_code in (302, 403)
    assert simulator.rules(STUDENT) == []


def test_a_form_without_its_ticket_is_a_bad_request(rule_collector: Reader, simulator: Simulator) -> None:
    rule_collector.send(rule_collector.open(NEW), ticket="", **NEW_RULE, status=400)
    assert writes(simulator) == []


# What the house rules take for our own slip when a person has typed it.
SLIPS = ("None", "{{", "{%")


# Few examples, each of which is two pages: tests/rules/test_form_contents.py tries hundreds without a page. A failing
# one is shown as it is, not shrunk.
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed_texts.filter(lambda typed: not any(slip in text for text in typed.values() for slip in SLIPS)))
def test_whatever_is_typed_is_saved_or_explained(new_student: Reader, typed: dict[str, str]) -> None:
    form = new_student.open(NEW).form()
    data = filled(form, {}, None) | {"mark_as_read": ["on"]} | {name: [text] for name, text in typed.items()}
    answer = new_student.client.post(NEW, data)
    assert answer.status_code in (302, 400, 409, 422, 502), answer.content.decode()
    if answer.status_code != 302:
        house_rules(Page(answer, NEW))
