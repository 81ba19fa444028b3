"""A database that takes no entry: what cannot be written down is not sent, and what was sent is not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.db import connection as database

from portal.changes.journal import Change, State
from tests.forwarding.forwarding_page import STUDENT
from tests.front_door import Reader
from tests.simulator_control import Simulator

pytestmark = pytest.mark.django_db(transaction=True)

NEW, LIST = "/en/rules/new/", "/en/rules/"
RULE = {"name": "Mine", "subject_contains": "alpha", "mark_as_read": "on"}
# SQLite's own words.
FULL, READ_ONLY = "database or disk is full", "attempt to write a readonly database"


def refusing(error: str, statements: tuple[str, ...]) -> Callable[..., Any]:
    """A database that answers every statement which begins so with this error."""

    def execute(proceed: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(statements):
            raise OperationalError(error)
        return proceed(sql, *rest)

    return execute


@pytest.mark.parametrize("error", [FULL, READ_ONLY])
def test_what_cannot_be_written_down_is_not_sent(new_student: Reader, simulator: Simulator, error: str) -> None:
    page = new_student.open(NEW)
    with database.execute_wrapper(refusing(error, ("INSERT", "UPDATE", "DELETE"))):
        page = new_student.send(page, status=503, **RULE)
    assert "what it cannot write down it does not send" in page.words("#problem")
    assert "Nothing was changed." in page.words("#problem")
    assert page.words("[name=subject_contains]") == "alpha"
    assert simulator.rules(STUDENT) == []
    assert "Saved." in new_student.send(page).words(".note-ok")


def test_a_disk_that_fills_up_before_the_entry_sends_nothing(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    with database.execute_wrapper(refusing(FULL, ('INSERT INTO "changes_change"',))):
        page = new_student.send(page, status=503, **RULE)
    assert "Nothing was changed." in page.words("#problem")
    assert simulator.rules(STUDENT) == []


def test_a_disk_that_fills_up_after_the_write_leaves_a_doubt_that_the_next_page_settles(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open(NEW)
    with database.execute_wrapper(refusing(FULL, ('UPDATE "changes_change"',))):
        page = new_student.send(page, status=409, **RULE)
    assert page.words("#problem h2") == "The change was accepted, but could not be checked"
    assert len(simulator.rules(STUDENT)) == 1
    assert Change.objects.get().state == State.INTENDED
    with database.execute_wrapper(refusing(FULL, ("INSERT", "UPDATE", "DELETE"))):
        assert "Mine" in new_student.open(LIST).text  # the list needs no entry
    assert "A rule was made" in new_student.open(LIST).words(".note-ok")


def test_a_malformed_database_sends_nothing(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    with database.execute_wrapper(refusing("database disk image is malformed", ("INSERT", "UPDATE", "DELETE"))):
        new_student.send(page, status=503, **RULE)
    assert simulator.rules(STUDENT) == []


def test_a_database_of_yesterday_knows_nothing_of_a_ticket_and_makes_no_second_edit(
    rule_collector: Reader, simulator: Simulator
) -> None:
    """Restored from yesterday's backup, after the form was carried out: the rule is not as the form has it."""
    listed = rule_collector.open(LIST)
    question = rule_collector.open(next(str(a["href"]) for a in listed.all(".rule a") if "/delete/" in str(a["href"])))
    rule_collector.send(question)
    before = len(simulator.rules("rule.collector@example.ac.jp"))
    Change.objects.all().delete()
    rule_collector.send(question, status=404)
    assert len(simulator.rules("rule.collector@example.ac.jp")) == before


def test_a_database_of_yesterday_makes_no_second_rule(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    new_student.send(page, **RULE)
    Change.objects.all().delete()
    after = new_student.send(page, status=409, **RULE)
    assert "No second one was made." in after.words("#problem")
    assert len(simulator.rules(STUDENT)) == 1
