"""The site without its shared cache."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from portal.environment import Environment
from tests.front_door import Reader
from tests.simulator_control import Simulator


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{reserved.getsockname()[1]}/0")
        with override_settings(CACHES={"default": Environment().cache("CACHE_URL", "")}):
            yield


def test_pages_and_changes_go_on_without_the_cache(
    new_student: Reader, simulator: Simulator, nobody_answers: None
) -> None:
    assert new_student.open("/en/").status == 200
    assert new_student.open("/en/quota/").status == 200
    new_student.send(new_student.open("/en/rules/new/"), subject_contains="x", mark_as_read="on")
    assert len(simulator.rules("new.student@example.ac.jp")) == 1


@pytest.mark.django_db
def test_the_readiness_check_says_that_it_is_away(nobody_answers: None) -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert "cache: failed: it keeps nothing" in answer.content.decode()


def test_other_caches_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "locmem://here")
    assert Environment().cache("CACHE_URL", "")["BACKEND"].endswith("LocMemCache")
