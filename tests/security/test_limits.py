"""Whom a limit counts together: people behind one address, strangers, and what a proxy says of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.front_door import Reader

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
