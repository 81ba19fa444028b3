"""Letting mail out of the university asks for a recent sign-in, and loses nothing of what was typed."""

from __future__ import annotations

import re
import time

import pytest

from accounts.models import Session
from accounts.sessions import AUTHENTICATED, SessionStore
from tests.accounts.test_consent import press
from tests.accounts.token_answer import query_of
from tests.front_door import Page, Reader, at_microsoft
from tests.simulator_control import Simulator

STUDENT = "new.student@example.ac.jp"
OUTSIDE, INSIDE = "hanako@example.com", "friend@example.ac.jp"


@pytest.fixture
def late(new_student: Reader) -> Reader:
    """Somebody who signed in an hour ago."""
    an_hour_passes()
    return new_student


def an_hour_passes() -> None:
    """For everybody who is signed in."""
    for row in Session.objects.filter(user__isnull=False):
        store = SessionStore(row.session_key)
        store[AUTHENTICATED] = int(time.time()) - 3600
        store.save()


def checked(reader: Reader, address: str) -> Page:
    return reader.send(reader.open("/en/forwarding/"), "form[action$='/check/']", to=address)


def confirm(reader: Reader, page: Page) -> Page:
    """Press the button, show Microsoft who one is, and come back."""
    return reader.open(at_microsoft(press(reader, page), "new.student"))


def test_starting_to_forward_outside_asks_for_a_fresh_sign_in_and_comes_back_to_the_check(
    late: Reader, simulator: Simulator
) -> None:
    asks = late.send(checked(late, OUTSIDE), "form#start")
    assert asks.h1 == "Please confirm that it is you"
    assert simulator.rules(STUDENT) == []
    assert query_of(press(late, asks))["max_age"] == "900"
    back = confirm(late, asks)
    assert "look at what you had typed, and send it once more" in back.text
    assert OUTSIDE in back.words("#start .btn-main")
    assert "Forwarding has started." in late.send(back, "form#start").words(".note-ok")


def without_the_time(authorize: str) -> str:
    """Somebody takes the wish for auth_time out of the address in the browser."""
    return re.sub(r"&claims=[^&]*", "", authorize)


def test_a_sign_in_that_microsoft_waved_through_does_not_count(late: Reader, simulator: Simulator) -> None:
    """Who sits down at an open browser gets a new sign-in from Microsoft's own session without proving anything."""
    page = late.open("/en/accounts/sign-in/?purpose=again&next=/en/forwarding/")
    late.open(at_microsoft(without_the_time(press(late, page)), "new.student"))
    asks = late.send(checked(late, OUTSIDE), "form#start")
    assert asks.h1 == "Please confirm that it is you"
    assert simulator.rules(STUDENT) == []


def test_microsoft_is_told_to_ask_anew(late: Reader) -> None:
    asks = late.send(checked(late, OUTSIDE), "form#start")
    assert query_of(press(late, asks))["prompt"] == "login"
    confirm(late, asks)
    store = SessionStore(Session.objects.get(user__isnull=False).session_key)
    assert time.time() - store[AUTHENTICATED] < 60


def test_without_auth_time_the_sign_in_that_was_asked_for_anew_counts(late: Reader, simulator: Simulator) -> None:
    asks = late.send(checked(late, OUTSIDE), "form#start")
    back = late.open(at_microsoft(without_the_time(press(late, asks)), "new.student"))
    assert "Forwarding has started." in late.send(back, "form#start").words(".note-ok")


def test_changing_a_forward_that_already_sends_there_asks_for_nothing(late: Reader, simulator: Simulator) -> None:
    late.send(confirm(late, late.send(checked(late, OUTSIDE), "form#start")), "form#start")
    an_hour_passes()
    check = late.send(late.open("/en/forwarding/"), "form[action$='/check/']", to=OUTSIDE, copy="drop")
    assert late.send(check, "form#start").all(".note-ok")


def test_what_was_typed_survives_a_change_of_language(late: Reader, simulator: Simulator) -> None:
    asks = late.send(late.open("/en/rules/new/"), subject_contains="課題", forward_to=OUTSIDE, name="外へ")
    japanese = late.open(str(asks.soup.select_one("a.language")["href"]))  # type: ignore[index]
    back = late.open(at_microsoft(press(late, japanese), "new.student"))
    assert back.address == "/ja/rules/new/"
    assert back.form("main form").select_one("[name=name]")["value"] == "外へ"  # type: ignore[index]


def test_a_session_from_before_is_asked_to_confirm(late: Reader, simulator: Simulator) -> None:
    for row in Session.objects.filter(user__isnull=False):
        store = SessionStore(row.session_key)
        del store[AUTHENTICATED]
        store.save()
    asks = late.send(checked(late, OUTSIDE), "form#start")
    assert asks.h1 == "Please confirm that it is you"


def test_forwarding_inside_the_university_and_stopping_ask_for_nothing(late: Reader, simulator: Simulator) -> None:
    assert "Forwarding has started." in late.send(checked(late, INSIDE), "form#start").words(".note-ok")
    assert "was deleted" in late.send(late.open("/en/forwarding/"), "form[action$='/stop/']").words(".note-ok")


def test_a_rule_that_forwards_outside_asks_too_and_keeps_what_was_typed(late: Reader, simulator: Simulator) -> None:
    asks = late.send(late.open("/en/rules/new/"), subject_contains="課題", forward_to=OUTSIDE, name="外へ")
    assert asks.h1 == "Please confirm that it is you"
    assert simulator.rules(STUDENT) == []
    back = confirm(late, asks)
    assert back.address == "/en/rules/new/"
    assert back.form("main form").select_one("[name=name]")["value"] == "外へ"  # type: ignore[index]
    late.send(back)
    assert [rule["displayName"] for rule in simulator.rules(STUDENT)] == ["外へ"]
    assert late.open("/en/rules/new/").form("main form").select_one("[name=name]").get("value", "") == ""  # type: ignore[union-attr]


def test_turning_such_a_rule_on_asks_too(late: Reader, simulator: Simulator) -> None:
    body = {
        "displayName": "外へ",
        "sequence": 1,
        "isEnabled": False,
        "conditions": {"subjectContains": ["x"]},
        "actions": {"forwardTo": [{"emailAddress": {"address": OUTSIDE}}]},
    }
    simulator.graph(STUDENT, "POST", "/me/mailFolders/inbox/messageRules", body)
    asks = late.send(late.open("/en/rules/"), "form[action$='/switch/']")
    assert asks.h1 == "Please confirm that it is you"
    assert simulator.rules(STUDENT)[0]["isEnabled"] is False


def test_editing_a_rule_that_already_sends_there_asks_for_nothing(late: Reader, simulator: Simulator) -> None:
    body = {
        "displayName": "外へ",
        "sequence": 1,
        "isEnabled": True,
        "conditions": {"subjectContains": ["x"]},
        "actions": {"forwardTo": [{"emailAddress": {"address": OUTSIDE}}]},
    }
    simulator.graph(STUDENT, "POST", "/me/mailFolders/inbox/messageRules", body)
    links = [str(link["href"]) for link in late.open("/en/rules/").all(".rule a")]
    after = late.send(late.open(next(link for link in links if "delete" not in link)), name="別名")
    assert after.address == "/en/rules/"
    assert simulator.rules(STUDENT)[0]["displayName"] == "別名"


def test_what_was_typed_is_shown_to_nobody_else(late: Reader, simulator: Simulator) -> None:
    asks = late.send(late.open("/en/rules/new/"), subject_contains="秘密", forward_to=OUTSIDE)
    late.open(at_microsoft(press(late, asks), "full.mailbox"))
    assert "秘密" not in late.open("/en/rules/new/").html


def test_what_was_typed_is_shown_to_nobody_else_where_its_session_has_no_person_any_more(late: Reader) -> None:
    asks = late.send(late.open("/en/rules/new/"), subject_contains="秘密", forward_to=OUTSIDE)
    authorize = press(late, asks)
    session = late.client.session
    session["_auth_user_backend"] = "of.an.earlier.Release"
    session.save()
    late.open(at_microsoft(authorize, "full.mailbox"))
    assert "kept_form" not in late.client.session
    assert "秘密" not in late.open("/en/rules/new/").html


def test_what_was_typed_is_sealed_in_the_session(late: Reader, simulator: Simulator) -> None:
    late.send(late.open("/en/rules/new/"), subject_contains="秘密", forward_to=OUTSIDE)
    store = SessionStore(Session.objects.get(user__isnull=False).session_key)
    assert "kept_form" in store
    assert OUTSIDE not in str(store.load())


def test_a_form_that_a_sign_in_came_in_between_of_is_kept_after_a_claims_challenge_too(
    new_student: Reader, simulator: Simulator
) -> None:
    page = new_student.open("/en/rules/new/")
    challenge = 'Bearer realm="", error="insufficient_claims", claims="eyJhIjoxfQ=="'
    simulator.fault("GET */messageRules*", status=401, headers={"WWW-Authenticate": challenge})
    asks = new_student.send(page, subject_contains="課題", mark_as_read="on", name="途中")
    assert asks.h1 == "Please sign in once more"
    simulator.heal()
    back = confirm(new_student, asks)
    assert back.address == "/en/rules/new/"
    assert back.form("main form").select_one("[name=name]")["value"] == "途中"  # type: ignore[index]
