"""The quota page: what is used, what takes the space, and what is not known."""

from __future__ import annotations

import pytest

from tests.front_door import Reader
from tests.graph.request_log import count_round_trips
from tests.simulator_control import Simulator

STUDENT = "new.student@example.ac.jp"
SIZES = "GET /me/mailFolders/*singleValueExtendedProperties*"


def test_it_takes_two_round_trips(full_mailbox: Reader, simulator: Simulator) -> None:
    before = count_round_trips(simulator)
    full_mailbox.open("/ja/quota/")
    assert count_round_trips(simulator) - before == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("残りが少なくなっています", "合計は49.0 GB です", "ふだんの上限は50.0 GB", "残りは1.0 GB")),
        ("en", ("little room left", "take 49.0 GB in all", "usual limit is 50.0 GB", "leaves 1.0 GB")),
    ],
)
def test_a_nearly_full_mailbox(full_mailbox: Reader, language: str, words: tuple[str, ...]) -> None:
    page = full_mailbox.open(f"/{language}/quota/")
    for each in words:
        assert each.replace(" GB", "\xa0GB") in page.words(".page-head") or each in page.words(".page-head")
    gauge = page.soup.select_one(".gauge-look[role=meter]")
    assert gauge is not None
    assert int(gauge["aria-valuemin"]) <= int(gauge["aria-valuenow"]) <= int(gauge["aria-valuemax"])
    assert "49.0" in gauge["aria-valuetext"]
    assert "%" not in page.words(".page-head"), "a share of a guessed limit is no fact"
    assert not page.all(".tag-error, .note-error")


def test_a_mailbox_beyond_the_usual_limit_does_not_leave_its_gauge(over_quota: Reader) -> None:
    page = over_quota.open("/en/quota/")
    assert "Microsoft says that your mailbox is full" in page.words(".state")
    assert "No more mail arrives." in page.words(".page-head")
    assert "which is more than the usual limit of 50.0 GB" in page.words(".page-head")
    gauge = page.soup.select_one("[role=meter]")
    assert gauge is not None
    assert gauge["aria-valuenow"] == gauge["aria-valuemax"]
    assert gauge.select_one("rect")["width"] == "1000"  # type: ignore[index]
    assert "65.0" in gauge["aria-valuetext"]


def test_without_microsofts_word_it_is_over_the_usual_limit_but_not_full(
    over_quota: Reader, simulator: Simulator
) -> None:
    simulator.fault("POST */getMailTips", status=500)
    page = over_quota.open("/en/quota/")
    assert "You use more than the usual limit" in page.words(".state")
    assert "Whether Microsoft takes it for full is unknown." in page.words(".page-head")


def test_microsofts_word_outweighs_the_usual_limit(over_quota: Reader, simulator: Simulator) -> None:
    simulator.fault("POST */getMailTips", status=200, body={"value": [{"mailboxFull": False}]})
    page = over_quota.open("/en/quota/")
    assert "your limit is probably higher than the usual one" in page.words(".page-head")


def test_an_empty_mailbox_has_room(new_student: Reader) -> None:
    page = new_student.open("/en/quota/")
    assert "There is room left" in page.words(".state")
    assert "It is empty now." in page.words("#room")
    assert "7 other folders" in page.words("#folders")


def test_folders_come_by_size_with_deleted_items_first(full_mailbox: Reader) -> None:
    page = full_mailbox.open("/en/quota/")
    rows = [" ".join(row.get_text(" ").split()) for row in page.all("#folders tbody tr")]
    assert rows[0].startswith("削除済みアイテム 18,204 31.2")
    assert rows[1].startswith("受信トレイ 9,871 9.6")
    assert any(row.startswith("受信トレイ › 課題 › 情報処理演習 25") for row in rows)
    assert rows[-1].startswith("4 other folders 56")
    assert len(rows) == 21


def test_what_can_be_recovered_is_said_apart(full_mailbox: Reader) -> None:
    assert "4.1\xa0GB can still be recovered" in full_mailbox.open("/en/quota/").html


def test_the_ways_to_make_room_are_links_to_steps_that_are_there(full_mailbox: Reader) -> None:
    page = full_mailbox.open("/ja/quota/")
    links = [str(link["href"]) for link in page.all("#room a")]
    assert len(links) == 3
    for link in links:
        address, _, fragment = link.partition("#")
        assert full_mailbox.open(address).soup.select_one(f"[id='{fragment}']"), link


def test_folders_that_cannot_be_measured_are_said(full_mailbox: Reader, simulator: Simulator) -> None:
    simulator.fault(SIZES, status=404, times=3)
    page = full_mailbox.open("/en/quota/")
    assert "2 folders are unknown, so in truth it is more" in page.words(".page-head")
    assert "Unknown" in page.words("#folders")


def test_with_room_but_not_all_measured_nothing_is_promised(new_student: Reader, simulator: Simulator) -> None:
    simulator.fault(SIZES, status=404, times=3)
    assert "It is not known how much room is left" in new_student.open("/en/quota/").words(".state")


def test_sizes_that_microsoft_leaves_out_are_unknown(full_mailbox: Reader, simulator: Simulator) -> None:
    simulator.fault(SIZES, status=200, body={"id": "x", "totalItemCount": 3})
    page = full_mailbox.open("/en/quota/")
    assert page.words(".figure") == "Unknown used"
    assert not page.all("[role=meter]")
    assert "Microsoft did not give the sizes" in page.words(".page-head")


@pytest.mark.parametrize("match", ["GET */delta*", SIZES, "POST */$batch"])
def test_without_folders_or_sizes_a_page_says_so(full_mailbox: Reader, simulator: Simulator, match: str) -> None:
    simulator.fault(match, status=503, headers={"Retry-After": "60"})
    page = full_mailbox.open("/en/quota/", status=502)
    assert "Microsoft is not answering" in page.h1


def test_an_account_without_a_mailbox(no_licence: Reader) -> None:
    assert "no mailbox" in no_licence.open("/en/quota/", status=403).h1


def test_names_of_folders_are_text(new_student: Reader, simulator: Simulator) -> None:
    names = ("<script>alert(1)</script>", "長" * 250, "bell\x07")
    for number, name in enumerate(names):
        put_mail_into(simulator, name, f"word{number}")
    page = new_student.open("/en/quota/")
    for name in names:
        assert name.replace("\x07", "␇") in page.words("#folders")


def put_mail_into(simulator: Simulator, name: str, word: str) -> None:
    """A folder of this name with a message in it."""
    folder = simulator.graph(STUDENT, "POST", "/me/mailFolders", {"displayName": name})
    rule = {
        "displayName": word,
        "sequence": 1,
        "isEnabled": True,
        "conditions": {"subjectContains": [word]},
        "actions": {"moveToFolder": folder["id"]},
    }
    simulator.graph(STUDENT, "POST", "/me/mailFolders/inbox/messageRules", rule)
    message = f"From: a@example.com\r\nTo: {STUDENT}\r\nSubject: {word}\r\n\r\n{'y' * 2000}\r\n"
    assert simulator.deliver(STUDENT, message.encode())["folder"]


def test_a_visitor_is_led_to_sign_in_and_back(visitor: Reader) -> None:
    assert visitor.open("/en/quota/").address == "/en/accounts/sign-in/?next=/en/quota/"


def test_it_only_reads(full_mailbox: Reader) -> None:
    token = full_mailbox.client.cookies["madoguchi_csrf"].value
    assert full_mailbox.post("/en/quota/", csrfmiddlewaretoken=token).status_code == 405
