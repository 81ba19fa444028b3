"""Forms that come too often are answered with a page, and nothing is done; and whom a limit counts together."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from tests.conftest import LIMITS
from tests.front_door import Reader, filled, leave_for_microsoft
from tests.simulator_control import Simulator

LOGIN = "/accounts/microsoft/login/"


@override_settings(ACCOUNT_RATE_LIMITS={"write": "2/m/user"})
def test_a_person_who_sends_too_much_is_told_to_wait(
    new_student: Reader, full_mailbox: Reader, simulator: Simulator
) -> None:
    for word in ("x", "y"):
        new_student.send(new_student.open("/en/rules/new/"), subject_contains=word, mark_as_read="on")
    page = new_student.send(new_student.open("/en/rules/new/"), status=429, subject_contains="x", mark_as_read="on")
    assert page.h1 == "That was too often"
    assert "nothing was changed" in page.text
    assert page.response["Retry-After"] == "60"
    assert len(simulator.rules("new.student@example.ac.jp")) == 2
    assert new_student.open("/en/rules/").status == 200
    full_mailbox.send(full_mailbox.open("/en/rules/new/"), subject_contains="x", mark_as_read="on")


@override_settings(ACCOUNT_RATE_LIMITS={"sign_in": "3/m/ip"})
def test_sign_ins_from_one_address_are_counted_and_the_page_is_there_in_both_languages(visitor: Reader) -> None:
    for _ in range(3):
        leave_for_microsoft(visitor)
    for language, words in (("ja", "短い時間に送信が続いています"), ("en", "That was too often")):
        form = visitor.open(f"/{language}/accounts/sign-in/").form("form[action$='/accounts/microsoft/login/']")
        answer = visitor.client.post(str(form["action"]), filled(form, {}, None))
        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"
        assert words in visitor._arrive(answer, "/accounts/microsoft/login/", 429).h1


@override_settings(ACCOUNT_RATE_LIMITS={"write": "1/m/user"})
def test_a_form_without_its_token_is_refused_before_it_is_counted(new_student: Reader) -> None:
    for _ in range(3):
        assert new_student.post("/en/rules/new/").status_code == 403


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
def test_a_person_may_send_forty_forms_a_minute(new_student: Reader) -> None:
    asked = filled(new_student.open("/en/rules/new/").form("main form"), {}, None)
    answers = [new_student.client.post("/en/rules/new/", asked).status_code for _ in range(41)]
    assert answers == [422] * 40 + [429]


@pytest.mark.parametrize("forwarded", ["10.0.0.1", "unknown", "10.0.0.1, x", ""])
@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=2, ACCOUNT_RATE_LIMITS=LIMITS)
def test_a_header_that_does_not_fit_the_proxies_stops_nobody(new_student: Reader, forwarded: str) -> None:
    asked = filled(new_student.open("/en/rules/new/").form("main form"), {}, None)
    answer = new_student.client.post("/en/rules/new/", asked, headers={"X-Forwarded-For": forwarded})
    assert answer.status_code == 422


@pytest.fixture
def few(settings: Any) -> None:
    """Limits that a test reaches quickly."""
    settings.ACCOUNT_RATE_LIMITS = {"write": "3/m/user,6/m/ip", "sign_in": "4/m/ip"}


def write(reader: Reader) -> Any:
    reader.client.handler.enforce_csrf_checks = False
    return reader.client.post("/en/forwarding/check/", {})


def sign_in(address: str, **headers: str) -> int:
    """The status of pressing the button to Microsoft at this network address."""
    return Client(REMOTE_ADDR=address).post(LOGIN, headers=headers).status_code


def test_many_people_behind_one_address_are_limited_together(
    few: None, new_student: Reader, forwarder: Reader, helpdesk: Reader
) -> None:
    statuses = [write(reader).status_code for _ in range(3) for reader in (new_student, forwarder, helpdesk)]
    assert statuses == [422] * 6 + [429] * 3


def test_sign_ins_are_counted_by_the_address_on_the_network(few: None, db: object) -> None:
    assert [sign_in("192.0.2.1") for _ in range(5)] == [302] * 4 + [429]
    assert sign_in("192.0.2.2") == 302


def test_a_stranger_s_forms_are_counted_too(few: None, visitor: Reader) -> None:
    assert [write(visitor).status_code for _ in range(5)] == [302] * 4 + [429]


def test_a_forwarded_address_counts_only_from_a_proxy_of_ours(few: None, settings: Any, db: object) -> None:
    for number in range(4):
        assert sign_in("192.0.2.1", **{"X-Forwarded-For": f"198.51.100.{number}"}) == 302
    assert sign_in("192.0.2.1", **{"X-Forwarded-For": "198.51.100.9"}) == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(4):
        assert sign_in("192.0.2.1", **{"X-Forwarded-For": "203.0.113.7, 198.51.100.9"}) == 302
    assert sign_in("192.0.2.1", **{"X-Forwarded-For": "203.0.113.8, 198.51.100.9"}) == 429
