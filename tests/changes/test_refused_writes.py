"""A write that Microsoft refuses, or is too slow for, as its page tells it: the mailbox decides, and no answer does."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

from portal.changes.journal import Change
from tests.changes.direct_change import Audited
from tests.forwarding.forwarding_page import STUDENT
from tests.front_door import Reader
from tests.rules.rule_page import switch
from tests.simulator_control import Simulator

NEW, LIST = "/en/rules/new/", "/en/rules/"
RULE = {"name": "Mine", "subject_contains": "alpha", "mark_as_read": "on"}


@pytest.mark.parametrize("status", [400, 403, 404, 409, 412, 422])
@pytest.mark.parametrize("made", [True, False])
def test_a_refusal_is_no_proof_the_mailbox_is(
    new_student: Reader, simulator: Simulator, status: int, made: bool
) -> None:
    page = new_student.open(NEW)
    fault = {"status": status, "body": {"error": {"code": "x", "message": "y"}}, "times": 1, "apply": made}
    simulator.fault("POST */messageRules", **fault)
    if made:
        assert "Saved." in new_student.send(page, **RULE).words(".note-ok")
    else:
        answer = {403: 403, 404: 404}.get(status, 502)
        assert "Nothing was changed." in new_student.send(page, status=answer, **RULE).words("#problem")
    assert len(simulator.rules(STUDENT)) == made


def test_a_refused_token_is_no_proof_either(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", status=401, apply=True, times=1)
    assert "Saved." in new_student.send(page, **RULE).words(".note-ok")
    assert len(simulator.rules(STUDENT)) == 1


def test_a_deletion_that_was_refused_and_made_is_a_deletion(rule_collector: Reader, simulator: Simulator) -> None:
    listed = rule_collector.open(LIST)
    question = rule_collector.open(next(str(a["href"]) for a in listed.all(".rule a") if "/delete/" in str(a["href"])))
    simulator.fault("DELETE */messageRules/*", status=404, apply=True, times=1)
    assert "The rule was deleted." in rule_collector.send(question).words(".note-ok")


@pytest.mark.parametrize("fault", [{"status": 429, "headers": {"Retry-After": "60"}}, {"status": 503}, {"status": 502}])
def test_that_a_rule_was_deleted_is_said_though_the_list_cannot_be_read(
    rule_collector: Reader, simulator: Simulator, fault: dict[str, Any]
) -> None:
    listed = rule_collector.open(LIST)
    question = rule_collector.open(next(str(a["href"]) for a in listed.all(".rule a") if "/delete/" in str(a["href"])))
    simulator.fault("GET */messageRules", times=2)  # before the deletion, and after it
    simulator.fault("GET */messageRules", **fault)
    page = rule_collector.send(question, status=503 if fault["status"] == 429 else 502)
    assert "The rule was deleted." in page.words(".note-ok")
    assert "Nothing was changed" not in page.text
    simulator.heal()
    assert "The rule was deleted." in rule_collector.open(LIST).words(".note-ok")
    assert not rule_collector.open(LIST).all(".note-ok")


@pytest.mark.django_db(transaction=True)
def test_a_microsoft_too_slow_to_check_the_change_is_not_sent_it(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    simulator.fault("GET */messageRules", times=1)  # by the form
    simulator.fault("GET */messageRules", delay_ms=2700)  # under the lease
    began = time.monotonic()
    page = new_student.send(page, status=503, **RULE)
    assert time.monotonic() - began < 10
    assert "So it was not sent." in page.words("#problem")
    assert "Nothing was changed." in page.words("#problem")
    simulator.heal()
    assert simulator.rules(STUDENT) == []
    assert not Change.objects.exists()


def test_a_problem_that_is_explained_is_logged_once(
    new_student: Reader, simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", status=429, times=1)
    caplog.clear()
    after = new_student.send(page, status=503, **RULE)
    number = after.words("#problem .ref")
    about = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.name for record in about if number in record.getMessage()] == ["portal"]
    assert not [record for record in about if record.name == "django.request"]


REFUSED_TOKEN = {"status": 401, "times": 1}


def test_a_refused_token_and_no_other_to_be_had_is_a_doubt(
    new_student: Reader, simulator: Simulator, audited: Audited
) -> None:
    page = new_student.open(NEW)
    simulator.fault("POST */messageRules", **REFUSED_TOKEN)
    simulator.fault("POST */token", status=500)
    page = new_student.send(page, status=409, **RULE)
    assert "Microsoft refused the change, but your mailbox could not be read" in page.words("#problem.note-doubt")
    assert "Nothing was changed" not in page.text
    simulator.heal()
    assert "A rule was to be made, but was not" in new_student.open(LIST).words(".note")
    assert audited()[-1] == ("create-rule", "not-done", "looked-up")
    assert "Saved." in new_student.send(page).words(".note-ok")


def test_a_token_that_ends_before_the_change_is_read_back_leaves_the_page_of_the_doubt(
    rule_collector: Reader, simulator: Simulator
) -> None:
    page = rule_collector.open(LIST)
    simulator.fault("PATCH */messageRules/*", status=504, times=1)
    simulator.fault("GET */messageRules", times=2)  # by the list, and under the lease
    simulator.fault("GET */messageRules", status=401)
    simulator.fault("POST */token", status=500)
    page = rule_collector.send(page, switch(page, "図書館"), status=409)
    assert page.words("#problem.note-doubt h2") == "It is not known whether the change was made"
    assert "Nothing was changed" not in page.text
