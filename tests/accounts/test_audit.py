"""One line of JSON for each sign-in, sign-out and change, with nothing of the person or the mailbox in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts.models import Session, User
from tests.front_door import Reader, at_microsoft, filled, leave_for_microsoft, sign_in_as
from tests.log_lines import lines_of
from tests.simulator_control import Simulator

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(db: object) -> Iterator[Lines]:
    """What has been written since the test began."""
    with lines_of("audit") as kept:
        yield kept.written


def told(lines: Lines) -> list[tuple[str, str]]:
    return [(line["action"], line["outcome"]) for line in lines()]


def test_a_sign_in_and_a_sign_out_are_told_with_the_person_s_object_id(lines: Lines) -> None:
    reader = sign_in_as("new.student")
    token = reader.client.cookies["madoguchi_csrf"].value
    reader.client.post("/en/accounts/sign-out/", {"csrfmiddlewaretoken": token})
    assert told(lines) == [("sign-in", "done"), ("sign-out", "here")]
    assert {line["person"] for line in lines()} == {str(User.objects.get().oid)}
    assert all(line["request"].startswith("MD-") and line["time"].endswith("+00:00") for line in lines())


def test_a_refusal_is_told_with_microsofts_number(visitor: Reader, lines: Lines) -> None:
    back = at_microsoft(leave_for_microsoft(visitor), "no.consent", consent="decline")
    visitor.open(back, status=403)
    assert told(lines) == [("sign-in", "declined")]
    assert lines()[0]["code"] == "AADSTS65004"
    assert lines()[0]["person"] is None


def test_a_sign_in_once_more_is_no_sign_out_and_somebody_else_s_replaces_the_first(lines: Lines) -> None:
    reader = sign_in_as("new.student")
    for name in ("new.student", "full.mailbox"):
        form = reader.open("/en/accounts/sign-in/?purpose=again").form("main form")
        authorize = reader.client.post(str(form["action"]), filled(form, {}, None))["Location"]
        reader.open(at_microsoft(str(authorize), name))
    assert told(lines) == [
        ("sign-in", "done"),
        ("sign-in-again", "done"),
        ("sign-out", "replaced"),
        ("sign-in-again", "done"),
    ]


def test_sign_outs_from_elsewhere_and_by_microsoft_are_told_apart(lines: Lines, simulator: Simulator) -> None:
    here, there = sign_in_as("new.student"), sign_in_as("new.student")
    here.send(here.open("/en/accounts/sessions/"), ".sessions form")
    sid = Session.objects.get(pk=here.client.cookies["madoguchi_session"].value).sid
    there.client.get("/accounts/microsoft/signed-out/", {"sid": sid})
    assert told(lines)[2:] == [("sign-out", "elsewhere"), ("sign-out", "by Microsoft")]


def test_a_change_is_told_without_what_it_says(new_student: Reader, lines: Lines) -> None:
    page = new_student.open("/en/rules/new/")
    new_student.send(page, subject_contains="秘密の件名", forward_to="hanako@example.com", name="秘密")
    (line,) = lines()[-1:]
    assert (line["action"], line["outcome"]) == ("create-rule", "done")
    assert set(line) == {"time", "person", "action", "outcome", "request"}
    assert "秘密" not in json.dumps(lines(), ensure_ascii=False)
    assert "@" not in json.dumps(lines())


def test_a_change_in_doubt_is_told_as_the_journal_has_it(
    new_student: Reader, lines: Lines, simulator: Simulator
) -> None:
    page = new_student.open("/en/rules/new/")
    simulator.fault("POST */messageRules", drop=True, times=1)
    new_student.send(page, subject_contains="x", mark_as_read="on", status=409)
    assert told(lines)[-1] == ("create-rule", "doubtful")
