"""The home page of a member: one card per feature, in one round trip."""

from __future__ import annotations

import pytest

from tests.forwarding.forwarding_page import STUDENT, outlook_forward, outlook_rule, people
from tests.front_door import Reader
from tests.graph.request_log import count_round_trips, list_requests
from tests.simulator_control import Simulator


def test_it_takes_one_round_trip(forwarder: Reader, simulator: Simulator) -> None:
    before = count_round_trips(simulator)
    forwarder.open("/ja/")
    assert count_round_trips(simulator) - before == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ("メールの状態", "ルールによる転送はしていません", "ルールはありません", "変更したことは、まだありません")),
     ("en", ("Your mail", "No rule forwards your mail", "There are no rules", "You have not changed anything"))],
)  # fmt: skip
def test_an_empty_mailbox(new_student: Reader, language: str, words: tuple[str, ...]) -> None:
    page = new_student.open(f"/{language}/")
    for each in words:
        assert each in page.text
    assert not page.all("#look")


def test_forwarding_outside_is_said_with_its_address(forwarder: Reader) -> None:
    card = forwarder.open("/en/").words("#forwarding")
    assert "forwarded outside the university" in card
    assert "naoto.takahashi@example.com" in card
    assert "A copy stays" in card
    assert "1 rule sends on only some of the mail." in card


def test_forwarding_within_the_university(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "helpdesk@example.ac.jp")
    page = new_student.open("/en/")
    assert "forwarded within the university" in page.words("#forwarding")
    assert page.all("#forwarding .lamp-on")


def test_forwarding_without_a_copy_says_so(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, actions={"forwardTo": people("a@example.com"), "delete": True})
    assert "Nothing stays in this mailbox." in new_student.open("/en/").words("#forwarding")


def test_a_forward_that_is_off_is_not_called_on(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, isEnabled=False)
    card = new_student.open("/en/").words("#forwarding")
    assert "No rule forwards your mail" in card
    assert "1 rule that forwards all mail is off." in card


def test_a_refused_address_is_to_be_looked_at(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "me@blocked.example")
    page = new_student.open("/en/")
    assert "the university refuses the address" in page.words("#forwarding")
    assert "does not arrive there" in page.words("#look")


def test_a_refused_address_under_a_condition_is_to_be_looked_at(forwarder: Reader) -> None:
    page = forwarder.open("/en/")
    assert "Rule 2, “休講の連絡を携帯へ”, sends to an address" in page.words("#look")
    assert page.soup.select_one("#look a")["href"] == "/en/rules/#rule-2"  # type: ignore[index]


def test_forwarding_that_no_mail_reaches_is_to_be_looked_at(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, "stop", actions={"markAsRead": True, "stopProcessingRules": True})
    outlook_forward(simulator)
    page = new_student.open("/en/")
    assert "no message is forwarded" in page.words("#forwarding")
    assert "no message is forwarded" in page.words("#look")


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ("11件のルールがオンです", "オフは3件です", "エラーのあるルールが1件", "届かないルールが1件")),
     ("en", ("11 rules are on", "3 rules are off.", "1 rule has an error.", "1 rule is never reached"))],
)  # fmt: skip
def test_rules_are_counted(rule_collector: Reader, language: str, words: tuple[str, ...]) -> None:
    card = rule_collector.open(f"/{language}/").words("#rules")
    for each in words:
        assert each in card


def test_rules_that_hide_mail_or_send_some_of_it_outside_are_to_be_looked_at(rule_collector: Reader) -> None:
    page = rule_collector.open("/en/")
    assert "Rule 6, “.”, looks suspicious" in page.words("#look li:nth-of-type(1)")
    assert page.soup.select_one("#look a")["href"] == "/en/rules/#rule-6"  # type: ignore[index]
    assert "Rule 11, “至急の連絡を学外へ”, sends some of your mail outside" in page.words("#look")


def test_a_quiet_folder_is_known_by_its_name(new_student: Reader, simulator: Simulator) -> None:
    folder = simulator.graph(STUDENT, "POST", "/me/mailFolders", {"displayName": "RSS Feeds"})["id"]
    hiding = {"moveToFolder": folder, "markAsRead": True}
    outlook_rule(simulator, "Feeds", conditions={"subjectContains": ["invoice"]}, actions=hiding)
    assert "Rule 1, “Feeds”, looks suspicious" in new_student.open("/en/").words("#look")


def test_a_rule_in_error_leads_to_its_line_in_the_list(rule_collector: Reader) -> None:
    page = rule_collector.open("/en/")
    assert "Rule 5, “旧ゼミ”, has an error" in page.words("#look")
    address, _, fragment = str(page.all("#look a")[-1]["href"]).partition("#")
    line = rule_collector.open(address).words(f"#{fragment}")
    assert "旧ゼミ" in line


def test_a_name_of_a_rule_is_text(new_student: Reader, simulator: Simulator) -> None:
    for number in range(7):
        name = f"<b>{number}</b>\x07" + "長" * 200
        condition = {"subjectContains": ["x"]}
        outlook_rule(simulator, name, conditions=condition, actions={"forwardTo": people("me@blocked.example")})
    page = new_student.open("/en/")
    assert "<b>0</b>␇長長" in page.words("#look")
    assert len(page.all("#look li")) == 6
    assert "2 more rules" in page.words("#look")


def test_a_full_mailbox_is_said_before_it_is_measured(over_quota: Reader) -> None:
    page = over_quota.open("/en/")
    assert "Your mailbox is full" in page.words("#look")
    assert "Microsoft says that your mailbox is full" in page.words("#quota")


def test_the_storage_is_asked_for_once_the_page_is_there(full_mailbox: Reader, simulator: Simulator) -> None:
    card = full_mailbox.open("/en/").soup.select_one("#quota [hx-get]")
    assert card is not None
    assert (card["hx-get"], card["hx-trigger"], card["hx-swap"]) == ("/en/quota/card/", "load", "outerHTML")
    assert card.select_one("a[href='/en/quota/']"), "without script there is a link"


def test_the_storage_that_was_measured_lately_is_on_the_page(full_mailbox: Reader, simulator: Simulator) -> None:
    full_mailbox.open("/en/quota/")
    asked = len(list_requests(simulator))
    page = full_mailbox.open("/en/")
    assert "49.0 GB" in page.words("#quota .figure")
    assert "31.2 GB is in Deleted Items" in page.words("#quota")
    assert "nearly full" in page.words("#look")
    assert not page.all("[hx-get]")
    assert {
        row["path"].partition("?")[0] for row in list_requests(simulator)[asked:] if not row["path"].endswith("$batch")
    } == {
        "/me/mailFolders/inbox/messageRules",
        "/me/getMailTips",
        "/me/mailFolders/delta",
    }


def test_a_mailbox_over_the_usual_limit_is_not_called_nearly_full(over_quota: Reader, simulator: Simulator) -> None:
    simulator.fault("POST */getMailTips", status=503)
    over_quota.open("/en/quota/")
    page = over_quota.open("/en/")
    assert "Your mailbox is over the usual limit." in page.words("#look")
    assert "nearly full" not in page.words("#look")


def test_somebody_elses_storage_is_not_shown(full_mailbox: Reader, new_student: Reader) -> None:
    full_mailbox.open("/en/quota/")
    assert new_student.open("/en/").all("#quota [hx-get]")


def test_an_account_without_a_mailbox_is_told_so_once(no_licence: Reader) -> None:
    page = no_licence.open("/en/")
    assert "This account has no mailbox" in page.words("#mailbox")
    assert page.all("#guides")
    assert not page.all("#quota, #forwarding, #rules")


def test_the_last_changes_are_named(rule_collector: Reader) -> None:
    page = rule_collector.open("/en/rules/")
    rule_collector.send(page, ".rule form")
    assert "A rule was turned off" in rule_collector.open("/en/").words("#history")
