"""What Microsoft or the university would refuse in a rule is said at the field, and never sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.front_door import Reader, present
from tests.rules.rule_page import NEW, STUDENT, errors, named
from tests.simulator_control import Simulator

REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["条件がないと、届くすべてのメールが対象", "操作を1つ以上選んでください"]),
    ({"subject_contains": "x"}, ["操作を1つ以上選んでください"]),
    ({"mark_as_read": "on"}, ["条件がないと、届くすべてのメールが対象"]),
    ({"subject_contains": "x", "mark_as_read": "on", "name": "名" * 1000}, ["名前が1,000文字あります。256文字以内"]),
    ({"subject_contains": "x" * 300, "mark_as_read": "on"}, ["が長すぎます。255文字以内"]),
    ({"body_contains": "\r\n".join(map(str, range(101))), "mark_as_read": "on"}, ["100件以内にしてください。"]),
    ({"from_addresses": "sato", "mark_as_read": "on"}, ["「sato」はメールアドレスではありません。@ がありません。"]),
    ({"from_addresses": "sato@", "mark_as_read": "on"}, ["@ の後を確認してください"]),
    ({"sent_to_addresses": "a..b@example.com", "mark_as_read": "on"}, ["@ の前を確認してください"]),
    ({"subject_contains": "x", "forward_to": "x" * 300 + "@example.com"}, ["長すぎます"]),
    ({"subject_contains": "x", "forward_to": "me@blocked.example"}, ["550 5.7.520"]),
    (
        {"subject_contains": "x", "forward_to": "me@blocked.example you@blocked.example"},
        ["me@blocked.example、you@blocked.example へは転送できません"],
    ),
    ({"subject_contains": "x", "forward_to": "NEW.student@example.ac.jp"}, ["あなた自身のアドレスです"]),
    ({"subject_contains": "x", "forward_to": ",".join(f"a{n}@example.com" for n in range(10))}, ["9件まで"]),
]


@pytest.mark.parametrize(("values", "expected"), REFUSED)
def test_what_microsoft_or_the_university_would_refuse_is_never_sent(
    new_student: Reader, simulator: Simulator, values: dict[str, Any], expected: list[str]
) -> None:
    page = new_student.send(new_student.open(NEW), status=422, **values)
    assert page.soup.title.get_text().startswith("エラー：ルールを作る")  # type: ignore[union-attr]
    messages = errors(page)
    assert len(messages) == len(expected)
    assert all(part in line for part, line in zip(expected, messages, strict=True))
    assert simulator.rules(STUDENT) == []
    for name, value in values.items():
        assert present(page.all(f"[name={name}]")[0])[0].split() == value.split()


def test_a_message_cannot_go_to_two_places(full_mailbox: Reader) -> None:
    page = full_mailbox.open(NEW)
    folder = str(page.all("option")[1]["value"])
    page = full_mailbox.send(page, subject_contains="x", move_to_folder=folder, delete="on", status=422)
    assert errors(page) == ["フォルダーへの移動と削除は、同時に選べません。どちらか1つにしてください。"]


def test_a_folder_that_is_not_there_is_refused(full_mailbox: Reader) -> None:
    page = full_mailbox.open(NEW)
    page = full_mailbox.send(page, subject_contains="x", move_to_folder="AAMk<b>", status=422)
    assert errors(page) == ["フォルダーが見つかりません。移動先を選び直してください。"]


def test_all_mail_needs_a_tick_and_a_condition_takes_precedence(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    new_student.send(page, everything="on", mark_as_read="on")
    assert named(simulator, STUDENT, "すべてのメール").get("conditions", {}) == {}
    new_student.send(new_student.open(NEW), everything="on", subject_contains="x", mark_as_read="on", name="n")
    assert named(simulator, STUDENT, "n")["conditions"] == {"subjectContains": ["x"]}
