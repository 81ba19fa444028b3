"""The history: every change of the person's, as sentences, even when Microsoft does not answer."""

from __future__ import annotations

import datetime
import time

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.utils import timezone

from accounts.models import User
from portal.changes import journal
from portal.changes.journal import Change, Kind, State, Ticket
from tests.accounts.test_tokens import let_the_token_end
from tests.forwarding.forwarding_page import checked, started
from tests.front_door import Page, Reader
from tests.graph.request_log import list_requests
from tests.rules.rule_page import edit_page, folder_id, link, switch
from tests.simulator_control import Simulator

HISTORY = "/en/history/"
LATER = {"Retry-After": "60"}


def entries(page: Page) -> list[str]:
    return [" ".join(entry.get_text(" ").split()) for entry in page.all(".change")]


def make_rule(reader: Reader, language: str = "en", **values: object) -> None:
    page = reader.open(f"/{language}/rules/new/")
    folder = folder_id(page, "図書館")
    reader.send(page, **{"name": "My rule", "subject_contains": "課題", "move_to_folder": folder, **values})


def write_down(address: str, ticket: str, name: str, state: State = State.DONE, **more: object) -> Change:
    """A line in the journal, as the code that writes would leave it."""
    rule = {"id": "1", "displayName": name, "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}
    contents = {"before": None, "wanted": rule, "after": rule if state == State.DONE else None, "ids": [], **more}
    change = journal.begin_change(User.objects.get(address=address), Ticket.of(ticket), Kind.CREATE_RULE, "", contents)
    if state != State.INTENDED:
        journal.close_change(change, state, contents["after"])
    return change


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "変更したことは、まだありません"), ("en", "You have not changed anything here yet")]
)
def test_an_empty_history_says_so(new_student: Reader, simulator: Simulator, language: str, words: str) -> None:
    before = len(list_requests(simulator))
    page = new_student.open(f"/{language}/history/")
    assert words in page.words(".lead")
    assert len(list_requests(simulator)) == before, "there is nothing to ask"


@pytest.mark.parametrize(
    ("copy", "said"), [("keep", "A copy stays in this mailbox."), ("drop", "Nothing stays in this mailbox.")]
)
def test_forwarding_says_whether_a_copy_stays(new_student: Reader, copy: str, said: str) -> None:
    started(new_student, copy=copy)
    (entry,) = entries(new_student.open(HISTORY))
    assert "Forwarding was started" in entry
    assert said in entry


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ("ルールを作りました", "課題", "「受信トレイ › 図書館」")), ("en", ("A rule was made", "課題", "図書館"))],
)
def test_a_new_rule_is_told_as_a_sentence(rule_collector: Reader, language: str, words: tuple[str, ...]) -> None:
    make_rule(rule_collector)
    (entry,) = entries(rule_collector.open(f"/{language}/history/"))
    for each in ("My rule", *words):
        assert each in entry


def test_an_edit_shows_before_and_after(rule_collector: Reader) -> None:
    page = edit_page(rule_collector, "図書館", "en")
    rule_collector.send(page, from_addresses="other@example.ac.jp")
    (entry,) = entries(rule_collector.open(HISTORY))
    assert "A rule was changed" in entry
    before, after = entry.partition("After")[::2]
    assert "library@example.ac.jp" in before.partition("Before")[2]
    assert "other@example.ac.jp" in after
    assert "library@" not in after


def test_switches_and_deletions_name_the_rule(rule_collector: Reader) -> None:
    page = rule_collector.open("/en/rules/")
    page = rule_collector.send(page, switch(page, "図書館"))
    page = rule_collector.send(page, switch(page, "図書館"))
    rule_collector.send(rule_collector.open(link(page, "図書館", "Delete")))
    told = entries(rule_collector.open(HISTORY))
    assert [entry.partition(" ")[2].partition(" 図書館")[0] for entry in told] == [
        "A rule was deleted",
        "A rule was turned on",
        "A rule was turned off",
    ]
    assert all("library@example.ac.jp" in entry for entry in told)


def test_forwarding_is_told(new_student: Reader) -> None:
    started(new_student)
    started(new_student, to="other@example.com")
    told = entries(new_student.open(HISTORY))
    assert "Forwarding was changed" in told[0]
    assert "hanako@example.com" in told[0].partition("After")[0]
    assert "other@example.com" in told[0].partition("After")[2]
    assert "Forwarding was started" in told[1]


def test_without_graph_the_sentences_name_no_folder(rule_collector: Reader, simulator: Simulator) -> None:
    make_rule(rule_collector)
    simulator.fault("*", status=503, headers=LATER)
    page = rule_collector.open(HISTORY)
    (entry,) = entries(page)
    assert "a folder" in entry
    assert "図書館" not in entry
    assert "did not tell the names" in page.words(".page-head")


def test_a_slow_graph_holds_the_history_up_for_three_seconds(rule_collector: Reader, simulator: Simulator) -> None:
    make_rule(rule_collector)
    simulator.fault("POST */$batch", delay_ms=6000)
    began = time.monotonic()
    assert len(entries(rule_collector.open(HISTORY))) == 1
    assert time.monotonic() - began < 5


@pytest.mark.django_db(transaction=True)
def test_a_slow_token_counts_in_the_three_seconds(rule_collector: Reader, simulator: Simulator) -> None:
    make_rule(rule_collector)
    let_the_token_end(User.objects.get(address="rule.collector@example.ac.jp"))
    simulator.fault("POST */token", delay_ms=6000)
    began = time.monotonic()
    assert len(entries(rule_collector.open(HISTORY))) == 1
    assert time.monotonic() - began < 4


def test_without_folders_microsoft_is_not_asked(new_student: Reader, simulator: Simulator) -> None:
    started(new_student)
    before = len(list_requests(simulator))
    new_student.open(HISTORY)
    assert len(list_requests(simulator)) == before


def test_somebody_elses_changes_are_never_shown(rule_collector: Reader, new_student: Reader) -> None:
    make_rule(rule_collector)
    assert entries(new_student.open(HISTORY)) == []
    assert "My rule" not in new_student.open("/en/").text


def test_a_write_that_was_not_made_is_told_with_what_was_asked_for(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    simulator.fault("POST */messageRules", status=429, times=1)
    new_student.send(page, "form#start", status=503)
    (entry,) = entries(new_student.open(HISTORY))
    assert "Forwarding was to be started, but was not" in entry
    assert "hanako@example.com" in entry


@pytest.mark.parametrize("state", [State.DOUBTFUL, State.INTENDED])
def test_a_change_in_doubt_says_so(new_student: Reader, state: State) -> None:
    write_down("new.student@example.ac.jp", "t", "Doubtful", state)
    (entry,) = entries(new_student.open(HISTORY))
    assert "A rule may have been made" in entry
    assert "looked up again whenever you open this page" in entry


def test_an_edit_that_was_not_made_shows_what_was_asked_for(new_student: Reader) -> None:
    before = {"id": "1", "displayName": "Old", "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}
    wanted = {"displayName": "New", "actions": {"delete": True}}
    write_down("new.student@example.ac.jp", "t", "x", State.NOT_DONE, before=before, wanted=wanted)
    (entry,) = entries(new_student.open(HISTORY))
    assert "Before Old" in entry
    assert "What was asked for New" in entry
    assert "After" not in entry


def test_fifty_to_a_page_newest_first(new_student: Reader) -> None:
    for number in range(51):
        write_down("new.student@example.ac.jp", f"t{number}", f"Rule {number}.")
    page = new_student.open(HISTORY)
    assert len(entries(page)) == 50
    assert "Rule 50." in entries(page)[0]
    assert "51 changes" in page.words(".lead")
    older = page.soup.select_one("a[rel=next]")
    assert older is not None
    second = new_student.open(HISTORY + str(older["href"]))
    assert len(entries(second)) == 1
    assert "Rule 0." in entries(second)[0]
    assert not second.all("a[rel=next]")


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "1e9", ""])
def test_a_page_that_does_not_exist_is_the_nearest_one(new_student: Reader, page: str) -> None:
    write_down("new.student@example.ac.jp", "t", "The only one")
    assert len(entries(new_student.open(f"{HISTORY}?page={page}"))) == 1


def test_days_stand_apart_in_local_time(new_student: Reader) -> None:
    for ticket, began in (("a", "2026-11-23T14:59:00+00:00"), ("b", "2026-11-23T15:01:00+00:00")):
        change = write_down("new.student@example.ac.jp", ticket, ticket)
        Change.objects.filter(pk=change.pk).update(began=datetime.datetime.fromisoformat(began))
    page = new_student.open("/ja/history/")
    assert [day.get_text(strip=True) for day in page.all(".row h2")] == ["2026年11月24日", "2026年11月23日"]
    assert [entry.partition(" ")[0] for entry in entries(page)] == ["0:01", "23:59"]


def test_what_no_key_opens_any_more_is_said(new_student: Reader, settings: LazySettings) -> None:
    write_down("new.student@example.ac.jp", "t", "Sealed")
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]
    (entry,) = entries(new_student.open(HISTORY))
    assert "A rule was made" in entry
    assert "cannot be read any more" in entry
    assert "Sealed" not in entry


def test_names_are_text(new_student: Reader) -> None:
    write_down("new.student@example.ac.jp", "t", "<img src=x>" + "長" * 1000 + "\x07")
    write_down("new.student@example.ac.jp", "u", "")
    told = entries(new_student.open(HISTORY))
    assert "<img src=x>長長" in told[1]
    assert "␇" in told[1]
    assert "A rule without a name" in told[0]


def test_it_says_how_long_changes_are_kept(new_student: Reader, settings: LazySettings) -> None:
    settings.JOURNAL_DAYS = 30
    assert "kept for 30 days" in new_student.open(HISTORY).words(".page-head")
    change = write_down("new.student@example.ac.jp", "t", "Old")
    Change.objects.filter(pk=change.pk).update(began=timezone.now() - datetime.timedelta(days=31))
    assert journal.purge_changes() == 1


def test_a_visitor_is_led_to_sign_in_and_back(visitor: Reader) -> None:
    assert visitor.open(HISTORY).address == "/en/accounts/sign-in/?next=/en/history/"
