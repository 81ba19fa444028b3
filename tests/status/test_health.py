"""/readyz says what is wrong in a line each; /healthz only says that the process answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, override_settings

from accounts import registration_health
from accounts.models import Probe, TokenCache
from portal.status.health import findings
from tests.front_door import Reader


@pytest.fixture(autouse=True)
def nothing_against_us() -> None:
    registration_health.note_acceptance()


def lines() -> tuple[int, dict[str, str]]:
    answer = Client().get("/readyz")
    assert answer["Cache-Control"].startswith("max-age=0")
    said = answer.content.decode().splitlines()
    return answer.status_code, dict(line.split(": ", 1) for line in said)


def test_the_health_check_answers_without_a_language(visitor: Reader) -> None:
    answer = visitor.client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_site_that_is_well_is_ready(full_mailbox: Reader) -> None:
    assert lines() == (200, dict.fromkeys(("database", "cache", "keys", "microsoft"), "ok"))


@pytest.mark.django_db
def test_it_writes_one_row_again_and_again() -> None:
    written = set()
    for _ in range(3):
        findings.forget()  # as five seconds would
        assert lines()[1]["database"] == "ok"
        written.add(Probe.objects.get().written)
    assert len(written) == 3


@pytest.mark.django_db
def test_whoever_asks_often_makes_it_write_no_more_often() -> None:
    lines()
    Probe.objects.all().delete()
    for _ in range(20):
        assert lines()[1]["database"] == "ok"
    assert not Probe.objects.exists()


@pytest.mark.django_db
def test_what_microsoft_has_against_the_site_is_named(visitor: Reader) -> None:
    registration_health.note_refusal("AADSTS7000222")
    status, said = lines()
    assert status == 503
    assert said["microsoft"] == "failed: AADSTS7000222, see docs/entra.md"
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_tokens_that_no_key_opens_are_named(full_mailbox: Reader) -> None:
    TokenCache.objects.update(sealed="of another key")
    assert lines()[1]["keys"] == "failed: no key of TOKEN_KEYS opens accounts_tokencache"


@pytest.mark.django_db
def test_a_cache_that_keeps_nothing_is_named() -> None:
    nothing = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with override_settings(CACHES=nothing):
        assert lines()[1]["cache"] == "failed: it keeps nothing"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_named(full_mailbox: Reader) -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/nonexistent/site.sqlite3"
    try:
        said = Client().get("/readyz").content.decode()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert "database: failed: OperationalError" in said
