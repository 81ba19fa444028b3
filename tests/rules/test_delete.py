"""Deleting a rule: asked for on a page of its own."""

from __future__ import annotations

from tests.front_door import Page, Reader, filled
from tests.rules.rule_page import COLLECTOR, NEW, NEW_RULE, change, delete_page, encoded, named, writes
from tests.simulator_control import Simulator


def test_a_rule_is_deleted_after_its_sentence_was_read(rule_collector: Reader, simulator: Simulator) -> None:
    page = delete_page(rule_collector, "図書館")
    assert "library@example.ac.jp のメールを" in page.words(".sentence")
    assert len(simulator.rules(COLLECTOR)) == 14
    page = rule_collector.send(page)
    assert "ルールを削除しました" in page.words(".note-ok")
    assert "図書館" not in [rule["displayName"] for rule in simulator.rules(COLLECTOR)]


def test_a_form_sent_twice_is_carried_out_once(new_student: Reader, simulator: Simulator) -> None:
    new_student.send(new_student.open(NEW), **NEW_RULE)
    page = delete_page(new_student, "新しいルール")
    for _ in range(2):
        assert "削除しました" in new_student.send(page).words(".note-ok")
    assert writes(simulator) == ["POST", "DELETE"]


def test_a_read_only_rule_is_not_deleted(rule_collector: Reader, simulator: Simulator) -> None:
    """A rule that becomes read-only while its page is open, or a form that somebody made up."""
    rule = encoded(named(simulator, COLLECTOR, "受信日で仕分け")["id"])
    data = filled(delete_page(rule_collector, "図書館").form(), {}, None)
    answer = Page(rule_collector.client.post(f"/ja/rules/{rule}/delete/", data), "delete")
    assert answer.status == 409
    assert "Outlook" in answer.h1
    assert writes(simulator) == []


def test_a_rule_changed_meanwhile_is_not_deleted(rule_collector: Reader, simulator: Simulator) -> None:
    page = delete_page(rule_collector, "図書館")
    change(simulator, COLLECTOR, "図書館", conditions={"subjectContains": ["延滞"]})
    page = rule_collector.send(page, status=409)
    assert "延滞" in page.words(".sentence")
    assert named(simulator, COLLECTOR, "図書館")
    rule_collector.send(page)
    assert "図書館" not in [rule["displayName"] for rule in simulator.rules(COLLECTOR)]


def test_a_mangled_form_is_a_bad_request(rule_collector: Reader, simulator: Simulator) -> None:
    rule_collector.send(delete_page(rule_collector, "図書館"), ticket="x" * 65, status=400)
    assert writes(simulator) == []
