"""The list of rules: what is there, in words, and what to know about it."""

from __future__ import annotations

from tests.forwarding.forwarding_page import started
from tests.front_door import Reader
from tests.rules.rule_page import COLLECTOR, STUDENT, made, row, switch
from tests.simulator_control import Simulator


def tags(page: object, name: str) -> list[str]:
    return [tag.get_text() for tag in row(page, name).select(".tag")]  # type: ignore[arg-type]


def test_the_state_comes_first(rule_collector: Reader, new_student: Reader) -> None:
    assert rule_collector.open("/ja/rules/").words(".state") == "11件のルールがオンです"
    assert rule_collector.open("/en/rules/").words(".state") == "11 rules are on"
    assert new_student.open("/ja/rules/").words(".state") == "ルールはまだありません"


def test_each_rule_is_a_sentence_in_the_order_of_the_mailbox(rule_collector: Reader, simulator: Simulator) -> None:
    page = rule_collector.open("/ja/rules/")
    assert len(page.all(".rule")) == len(simulator.rules(COLLECTOR)) == 14
    assert "library@example.ac.jp のメールを" in page.all(".sentence")[1].get_text()
    assert all(sentence.get_text().endswith("。") for sentence in page.all(".sentence"))


def test_what_to_know_about_a_rule_is_a_tag_beside_its_name(rule_collector: Reader) -> None:
    page = rule_collector.open("/ja/rules/")
    assert tags(page, "大きな添付") == ["オフ", "一部は Outlook でのみ設定"]
    assert tags(page, "受信日で仕分け") == ["読み取り専用"]
    assert tags(page, "旧ゼミ") == ["エラー", "一部は Outlook でのみ設定"]
    assert tags(page, "至急の連絡を学外へ") == ["学外へ送信", "一部は Outlook でのみ設定"]
    assert tags(page, "就職活動") == ["一部は Outlook でのみ設定", "届かない"]
    assert tags(page, "図書館") == []


def test_a_rule_that_hides_mail_says_what_to_do_until_it_is_off(rule_collector: Reader) -> None:
    page = rule_collector.open("/ja/rules/")
    assert tags(page, ".") == ["不審なルール"]
    assert [tag["id"] for tag in page.all(".rule") if "不審なルール" in tag.get_text()] == [row(page, ".")["id"]]
    assert "パスワードを変更し、ヘルプデスク" in row(page, ".").get_text()
    page = rule_collector.send(page, switch(page, "."))
    assert tags(page, ".") == ["オフ"]


def test_the_forwarding_of_this_site_sends_nobody_to_outlook(new_student: Reader) -> None:
    started(new_student)
    page = new_student.open("/ja/rules/")
    assert tags(page, "窓口の転送") == ["学外へ送信"]


def test_a_rule_below_one_that_stops_everything_says_which(rule_collector: Reader) -> None:
    page = rule_collector.open("/ja/rules/")
    assert "この先のルールは確認されません" in row(page, "残りはアーカイブ").get_text()
    assert "ルール13がすべてのメールを止めるため" in row(page, "就職活動").get_text()


def test_a_stopping_rule_with_an_exception_or_switched_off_cuts_nothing_off(
    new_student: Reader, simulator: Simulator
) -> None:
    stop = {"stopProcessingRules": True}
    made(simulator, STUDENT, displayName="a", actions=stop, exceptions={"subjectContains": ["x"]})
    made(simulator, STUDENT, displayName="b", actions=stop, isEnabled=False)
    made(simulator, STUDENT, displayName="c")
    assert tags(new_student.open("/ja/rules/"), "c") == []


def test_a_read_only_rule_is_shown_and_offers_nothing(rule_collector: Reader) -> None:
    found = row(rule_collector.open("/ja/rules/"), "受信日で仕分け")
    assert not found.select("form, button")
    assert [a["href"] for a in found.select("a")] == ["https://outlook.office.com/mail/options/mail/rules"]


def test_a_forward_that_the_mail_service_returns_is_said(new_student: Reader, simulator: Simulator) -> None:
    person = {"emailAddress": {"address": "me@blocked.example"}}
    made(simulator, STUDENT, displayName="out", actions={"redirectTo": [person]})
    found = row(new_student.open("/ja/rules/"), "out")
    assert "5.7.520" in found.get_text()
    assert "me@blocked.example" in found.get_text()


def test_the_sites_own_forwarding_is_changed_on_its_own_page(new_student: Reader, simulator: Simulator) -> None:
    person = {"emailAddress": {"address": "me@example.com"}}
    name = "窓口の転送 / Madoguchi forwarding"
    made(simulator, STUDENT, displayName=name, actions={"forwardTo": [person]})
    page = new_student.open("/ja/rules/")
    assert row(page, name).select_one("a")["href"] == "/ja/forwarding/"  # type: ignore[index]


def test_names_and_words_are_text_whatever_is_in_them(new_student: Reader, simulator: Simulator) -> None:
    made(
        simulator,
        STUDENT,
        displayName="<b>x</b>\x01\u202e{{ 1 }}",
        conditions={"subjectContains": ["<script>alert(1)</script>", "\x1b[31m", "あ" * 255]},
    )
    page = new_student.open("/ja/rules/")
    assert "<b>x</b>␁" in row(page, "").get_text()
    assert "<script>alert(1)" in row(page, "").get_text()
    assert not page.all("main script, h3 b")


def test_a_name_of_a_thousand_characters_is_shown_whole(new_student: Reader, simulator: Simulator) -> None:
    simulator.switch(rule_name_limit=2000)
    made(simulator, STUDENT, displayName="長" * 1000)
    assert "長" * 1000 in new_student.open("/ja/rules/").text


def test_the_page_is_one_round_trip(rule_collector: Reader, simulator: Simulator) -> None:
    for address in ("/ja/rules/", "/ja/rules/new/"):
        before = len(simulator.requests()["requests"])
        rule_collector.open(address)
        requests = simulator.requests()["requests"][before:]
        graph = [each for each in requests if not each.get("batch") and "oauth2" not in each["path"]]
        assert [each["path"] for each in graph] == ["/$batch"]


def test_rules_without_their_folders_are_shown_and_it_is_said(rule_collector: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */mailFolders/delta*", status=503, times=9)
    page = rule_collector.open("/ja/rules/")
    assert "フォルダーの一覧を読み込めなかった" in page.text
    assert "フォルダーへ移動し" in page.text
    assert len(page.all(".rule")) == 14


def test_a_page_whose_rules_cannot_be_read_says_so(rule_collector: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules*", status=503, times=9)
    page = rule_collector.open("/ja/rules/", status=502)
    assert "応答がありません" in page.h1
    assert "何も変更していません" not in page.text


def test_nobody_sees_rules_without_signing_in(visitor: Reader) -> None:
    for address in ("/ja/rules/", "/ja/rules/new/", "/ja/rules/YWJj/", "/ja/rules/YWJj/delete/"):
        assert visitor.open(address).response.request["PATH_INFO"] == "/ja/accounts/sign-in/"
