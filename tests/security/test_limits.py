"""Forms and sign-ins that come too often are answered 429, with a page that says when to come back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.front_door import Page, Reader, house_rules

LOGIN = "/accounts/microsoft/login/"


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


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_41st_form_in_a_minute_is_not_carried_out(new_student: Reader, language: str, caplog: Any) -> None:
    new_student.client.handler.enforce_csrf_checks = False
    place = f"/{language}/rules/new/"
    assert {new_student.client.post(place, {}).status_code for _ in range(40)} == {422}
    response = new_student.client.post(place, {})
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    page = Page(response, place)
    house_rules(page)
    assert page.words(".ref").startswith("MD-")
    said = json.loads(next(record.getMessage() for record in caplog.records if '"limit"' in record.getMessage()))
    assert (said["action"], said["outcome"], said["request"]) == ("limit", "refused", page.words(".ref"))


def test_pages_can_still_be_read(few: None, new_student: Reader) -> None:
    assert [write(new_student).status_code for _ in range(4)] == [422, 422, 422, 429]
    assert new_student.open("/en/forwarding/").status == 200


def test_one_person_does_not_use_up_another_s(few: None, new_student: Reader, forwarder: Reader) -> None:
    assert [write(new_student).status_code for _ in range(4)][-1] == 429
    assert write(forwarder).status_code == 422


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
