"""The main job from sign-in to the history, as one person does it in one sitting."""

from __future__ import annotations

import re

from tests.browser import post
from tests.browser.conftest import Arrive
from tests.browser.visitor import Visitor
from tests.simulator_control import Simulator

ME = "full.mailbox@example.ac.jp"
ELSEWHERE = "misaki@example.com"


def test_from_sign_in_to_the_history(arrive: Arrive, simulator: Simulator, script: bool) -> None:
    student = arrive(script=script)
    student.sign_in("full.mailbox")
    read_how_full_it_is(student)
    turn_forwarding_on(student)
    make_a_rule(student)
    answer = simulator.deliver(ME, post.assignment())
    assert answer["folder"] == "課題"
    assert {"to": ELSEWHERE, "kind": "forward", "delivered": True, "bounce": None} in answer["sent"]
    forward = next(sent for sent in simulator.outbox() if sent["to"] == ELSEWHERE)
    assert "課題5の提出について" in forward["subject"]
    read_the_history(student)


def read_how_full_it_is(student: Visitor) -> None:
    student.open("quota/")
    assert "49.0 GB" in student.words
    assert "31.2 GB" in student.words
    assert student.page.locator("[role=meter]").first.get_attribute("aria-valuenow")


def turn_forwarding_on(student: Visitor) -> None:
    page = student.open("forwarding/")
    page.locator("[name=to]").fill(ELSEWHERE)
    student.submit()
    assert ELSEWHERE in student.words
    student.submit()
    assert page.url.endswith("/ja/forwarding/")
    assert page.locator(".page-head .lamp-off").count() == 0
    assert ELSEWHERE in student.words


def make_a_rule(student: Visitor) -> None:
    page = student.open("rules/new/")
    page.locator("[name=subject_contains]").fill("課題")
    folders = page.locator("[name=move_to_folder]")
    folders.select_option(folders.locator("option").filter(has_text=re.compile(r"^\s*課題$")).get_attribute("value"))
    student.submit()
    assert page.url.endswith("/ja/rules/")
    sentence = page.locator(".rules").inner_text()
    assert "課題" in sentence
    assert "移動" in sentence


def read_the_history(student: Visitor) -> None:
    student.open("history/")
    assert f"すべてのメールを、{ELSEWHERE} へ転送する。" in student.words
    assert re.search(r"件名に \"課題\" を含むメールを、フォルダー「受信トレイ › 課題」へ移動する。", student.words)
