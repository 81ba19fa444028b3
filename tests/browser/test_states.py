"""Pages as they look when something is wrong, asked back, or very long: as usable as on a good day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.sign_in_words import WORDS
from tests.browser.conftest import Arrive
from tests.browser.test_every_page import too_wide
from tests.browser.visitor import PHONE, Visitor
from tests.simulator_control import Simulator

LONG = f"{'a.very.long.name.' * 3}x@{'quite-a-long-department.' * 5}example.com"
RULES = "/me/mailFolders/inbox/messageRules"
State = Callable[[Visitor, Simulator], None]


def held_to_the_same(visitor: Visitor) -> None:
    assert visitor.barriers() == []
    visitor.page.emulate_media(color_scheme="dark")
    assert visitor.barriers("color") == []
    visitor.page.set_viewport_size(PHONE)
    assert too_wide(visitor.page) == []
    assert visitor.barriers() == []


def an_address_that_does_not_exist(student: Visitor, simulator: Simulator) -> None:
    student.open("rules/no-such-rule/", status=404)


def an_empty_forwarding(student: Visitor, simulator: Simulator) -> None:
    student.open("forwarding/")
    student.submit(status=422)


def a_forwarding_with_many_mistakes(student: Visitor, simulator: Simulator) -> None:
    page = student.open("forwarding/")
    page.locator("[name=to]").fill(f"no-at\n{'a' * 70}@example.com\nx@blocked.example\n<b>@example.com\n{LONG}{LONG}")
    student.submit(status=422)


def answers_to_be_checked(student: Visitor, simulator: Simulator) -> None:
    page = student.open("forwarding/")
    page.locator("[name=to]").fill(f"{LONG}\nｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ\nother@example.com")
    student.submit()


def a_forwarding_that_was_just_started(student: Visitor, simulator: Simulator) -> None:
    answers_to_be_checked(student, simulator)
    student.submit()
    assert LONG in student.words


def an_empty_rule(student: Visitor, simulator: Simulator) -> None:
    student.open("rules/new/")
    student.submit(status=422)


def a_rule_with_mistakes_and_long_words(student: Visitor, simulator: Simulator) -> None:
    page = student.open("rules/new/")
    page.locator("[name=name]").fill("長い名前" * 100)
    page.locator("[name=subject_contains]").fill("W" * 255)
    page.locator("[name=from_addresses]").fill("nobody")
    page.locator("[name=forward_to]").fill(f"x@blocked.example, {LONG}")
    student.submit(status=422)


def a_list_with_a_long_rule(student: Visitor, simulator: Simulator) -> None:
    page = student.open("rules/new/")
    page.locator("[name=name]").fill("N" * 250)
    page.locator("[name=subject_contains]").fill("W" * 250)
    page.locator("[name=forward_to]").fill(LONG)
    student.submit()
    assert page.url.endswith("/rules/")
    student.open("history/")
    assert "W" * 250 in student.words


def a_rule_that_changed_meanwhile(student: Visitor, simulator: Simulator) -> None:
    me = "full.mailbox@example.ac.jp"
    made = {"displayName": "Weekly", "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}
    rule = simulator.graph(me, "POST", RULES, made | {"conditions": {"subjectContains": ["weekly"]}})
    page = student.open("rules/")
    page.locator(".rules a[href*='/rules/']").first.click()
    page.wait_for_load_state()
    simulator.graph(me, "PATCH", f"{RULES}/{rule['id']}", {"conditions": {"subjectContains": ["monthly"]}})
    page.locator("[name=subject_contains]").fill("daily")
    student.submit(status=409)
    assert "monthly" in student.words


def a_rule_about_to_be_deleted(student: Visitor, simulator: Simulator) -> None:
    a_list_with_a_long_rule(student, simulator)
    page = student.open("rules/")
    page.locator(".rules a[href$='/delete/']").first.click()
    page.wait_for_load_state()
    assert page.locator(".btn-stop").is_visible()


def a_form_after_the_cookies_went(student: Visitor, simulator: Simulator) -> None:
    page = student.open("forwarding/")
    page.locator("[name=to]").fill("me@example.com")
    student.context.clear_cookies()
    student.submit(status=403)


def a_page_after_the_session_ended(student: Visitor, simulator: Simulator) -> None:
    student.context.clear_cookies(name="madoguchi_session")
    page = student.open("quota/")
    assert "/accounts/sign-in/" in page.url


STATES: tuple[State, ...] = (
    an_address_that_does_not_exist,
    an_empty_forwarding,
    a_forwarding_with_many_mistakes,
    answers_to_be_checked,
    a_forwarding_that_was_just_started,
    an_empty_rule,
    a_rule_with_mistakes_and_long_words,
    a_list_with_a_long_rule,
    a_rule_that_changed_meanwhile,
    a_rule_about_to_be_deleted,
    a_form_after_the_cookies_went,
    a_page_after_the_session_ended,
)


@pytest.mark.parametrize("state", STATES, ids=[state.__name__.replace("_", " ") for state in STATES])
def test_everybody_can_use(arrive: Arrive, simulator: Simulator, state: State, language: str) -> None:
    student = arrive("full.mailbox", language=language)
    state(student, simulator)
    held_to_the_same(student)


@pytest.mark.parametrize("path", ["quota/", "forwarding/", "rules/", "history/"])
def test_everybody_can_use_what_is_said_without_a_mailbox(arrive: Arrive, language: str, path: str) -> None:
    visitor = arrive("no.licence", language=language)
    visitor.open(path, status=200 if path == "history/" else 403)
    held_to_the_same(visitor)


@pytest.mark.parametrize("path", ["", "quota/", "forwarding/", "rules/"])
def test_everybody_can_use_what_is_left_when_microsoft_is_down(
    arrive: Arrive, simulator: Simulator, language: str, path: str
) -> None:
    visitor = arrive("rule.collector", language=language)
    simulator.fault("* *", status=503)
    visitor.open(path, status=502 if path else 200)
    held_to_the_same(visitor)


@pytest.mark.parametrize(("reason", "status"), [(reason, words.status) for reason, words in WORDS.items()])
def test_everybody_can_use_what_is_said_after_a_failed_sign_in(
    arrive: Arrive, language: str, reason: str, status: int
) -> None:
    visitor = arrive(language=language)
    visitor.open(f"accounts/problem/{reason}/", status=status)
    held_to_the_same(visitor)
