"""Making and editing a rule."""

from __future__ import annotations

import pytest

from tests.front_door import Reader
from tests.rules.rule_page import (
    COLLECTOR,
    NEW,
    STUDENT,
    edit_page,
    encoded,
    errors,
    everything,
    folder_id,
    inbox,
    link,
    made,
    named,
    row,
)
from tests.simulator_control import Simulator


def test_subject_to_folder_takes_three_clicks_one_word_and_one_choice(
    full_mailbox: Reader, simulator: Simulator
) -> None:
    address = "full.mailbox@example.ac.jp"
    page = full_mailbox.open("/ja/rules/")
    page = full_mailbox.open(str(page.all(".btn-main")[0]["href"]))
    folder = next(str(option["value"]) for option in page.all("option")[2:3])
    page = full_mailbox.send(page, subject_contains="課題", move_to_folder=folder)
    assert "保存しました。Microsoft 側で確認済み" in page.words(".note-ok")
    rule = named(simulator, address, '件名に "課題" を含むメール')
    assert rule["conditions"] == {"subjectContains": ["課題"]}
    assert rule["actions"] == {"moveToFolder": folder}
    assert rule["isEnabled"] is True
    assert '件名に "課題" を含むメールを' in row(page, '件名に "課題"').get_text()


def test_every_field_becomes_its_part_of_the_rule(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open("/en/rules/new/")
    new_student.send(
        page,
        name="  All   fields ",
        from_addresses="Ａ＠ｅｘａｍｐｌｅ．ｃｏｍ、 b@EXAMPLE.com\r\nA@example.com",
        sent_to_addresses="list@example.ac.jp",
        subject_contains="one\r\n  two, three \r\n\r\none",
        body_contains="<b>",
        body_or_subject_contains="“x”",
        has_attachments="on",
        move_to_folder=folder_id(page, "Archive"),
        mark_as_read="on",
        forward_to="me@example.com, 'friend' <friend@example.ac.jp>",
        stop_processing_rules="on",
    )
    rule = named(simulator, STUDENT, "All fields")
    conditions = rule["conditions"]
    assert [p["emailAddress"]["address"] for p in conditions.pop("fromAddresses")] == ["A@example.com", "b@example.com"]
    assert [p["emailAddress"]["address"] for p in conditions.pop("sentToAddresses")] == ["list@example.ac.jp"]
    assert conditions == {
        "subjectContains": ["one", "two, three"],
        "bodyContains": ["<b>"],
        "bodyOrSubjectContains": ["“x”"],
        "hasAttachments": True,
    }
    forward = [person["emailAddress"]["address"] for person in rule["actions"].pop("forwardTo")]
    assert forward == ["me@example.com", "friend@example.ac.jp"]
    assert rule["actions"].keys() == {"moveToFolder", "markAsRead", "stopProcessingRules"}


def test_a_rule_of_every_predicate_and_action_survives_an_edit(new_student: Reader, simulator: Simulator) -> None:
    """What the form does not show stays, what it shows and the person emptied is gone."""
    before = made(simulator, STUDENT, **everything(inbox(simulator, STUDENT)))
    page = edit_page(new_student, "All of it")
    new_student.send(
        page, name="Edited", subject_contains="", delete=None, has_attachments=None, body_contains="新しい"
    )
    after = named(simulator, STUDENT, "Edited")
    conditions = before["conditions"] | {"bodyContains": ["新しい"]}
    del conditions["subjectContains"], conditions["hasAttachments"]
    assert after["conditions"] == conditions
    assert after["exceptions"] == before["exceptions"]
    assert after["actions"] == {name: value for name, value in before["actions"].items() if name != "delete"}


def test_the_form_says_what_it_leaves_as_it_is(new_student: Reader, simulator: Simulator) -> None:
    made(simulator, STUDENT, **everything(inbox(simulator, STUDENT)))
    page = edit_page(new_student, "All of it")
    kept = [item.get_text() for item in page.all("[aria-labelledby=kept] li")]
    assert len(kept) == (30 - 6) + 30 + (11 - 5)
    assert '対象は、差出人に "課題" か "report" を含むメールだけ。' in kept


def test_nothing_changes_when_the_form_is_saved_as_it_is(new_student: Reader, simulator: Simulator) -> None:
    made(simulator, STUDENT, **everything(inbox(simulator, STUDENT)))
    before = simulator.rules(STUDENT)
    page = edit_page(new_student, "All of it")
    new_student.send(page)
    assert simulator.rules(STUDENT) == before


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_name_made_from_the_conditions_follows_them_in_its_own_language(
    new_student: Reader, simulator: Simulator, language: str
) -> None:
    first, second = {
        "ja": ('件名に "Due tomorrow" を含むメール', '件名に "Overdue" を含むメール'),
        "en": ("The subject contains “Due tomorrow”", "The subject contains “Overdue”"),
    }[language]
    page = new_student.open(f"/{language}/rules/new/")
    new_student.send(page, subject_contains="Due tomorrow", mark_as_read="on")
    other = {"ja": "en", "en": "ja"}[language]
    new_student.send(edit_page(new_student, first, other), subject_contains="Overdue")
    assert [rule["displayName"] for rule in simulator.rules(STUDENT)] == [second]


def test_a_made_name_with_the_former_quotation_marks_follows_too(new_student: Reader, simulator: Simulator) -> None:
    made(simulator, STUDENT, displayName='The subject contains "a"', conditions={"subjectContains": ["A"]})
    new_student.send(edit_page(new_student, 'The subject contains "a"', "en"), subject_contains="b")
    assert named(simulator, STUDENT, "The subject contains “b”")


def test_a_name_that_somebody_chose_stays(new_student: Reader, simulator: Simulator) -> None:
    made(simulator, STUDENT, displayName="Deadlines", conditions={"subjectContains": ["Due tomorrow"]})
    new_student.send(edit_page(new_student, "Deadlines"), subject_contains="Overdue")
    assert named(simulator, STUDENT, "Deadlines")["conditions"] == {"subjectContains": ["Overdue"]}
    page = edit_page(new_student, "Deadlines")
    new_student.send(page, name='件名に "Overdue" を含むメール', subject_contains="Late")
    assert named(simulator, STUDENT, '件名に "Overdue" を含むメール')["conditions"] == {"subjectContains": ["Late"]}


def test_mail_can_be_moved_only_where_that_makes_sense(full_mailbox: Reader) -> None:
    options = [str(option.get_text()).strip("\u3000") for option in full_mailbox.open(NEW).all("option")]
    for name in ("受信トレイ", "アーカイブ", "課題", "迷惑メール"):
        assert name in options
    for name in ("送信トレイ", "下書き", "会話の履歴", "削除済みアイテム"):
        assert name not in options


def test_a_rule_keeps_its_folder_even_if_it_would_not_be_offered(new_student: Reader, simulator: Simulator) -> None:
    outbox = simulator.graph(STUDENT, "GET", "/me/mailFolders/conversationhistory")
    made(
        simulator,
        STUDENT,
        displayName="old",
        conditions={"hasAttachments": True},
        actions={"moveToFolder": outbox["id"]},
    )
    page = edit_page(new_student, "old")
    assert outbox["displayName"] in page.words("option[selected]")
    new_student.send(page, name="still")
    assert named(simulator, STUDENT, "still")["actions"]["moveToFolder"] == outbox["id"]


def test_the_form_says_where_mail_can_be_forwarded(new_student: Reader) -> None:
    english, japanese = (new_student.open(f"/{language}/rules/new/") for language in ("en", "ja"))
    assert english.words("#id_forward_to_helptext").endswith(
        "At most 9. Outside the university, mail can be forwarded only to: example.com"
    )
    assert japanese.words("#id_forward_to_helptext").endswith(
        "区切ります。9件まで指定できます。学外のアドレスで転送できるのは、次のドメインだけです：example.com"
    )


def test_a_person_whom_only_exchange_can_name_is_left_alone(new_student: Reader, simulator: Simulator) -> None:
    """Fields whose value the form cannot give back as it was are not shown."""
    made(simulator, STUDENT, displayName="odd", conditions={"subjectContains": [" blank "], "bodyContains": ["x"]})
    page = edit_page(new_student, "odd")
    assert not page.all("[name=subject_contains]")
    new_student.send(page, body_contains="")
    assert named(simulator, STUDENT, "odd")["conditions"] == {"subjectContains": [" blank "]}


def test_a_person_keeps_the_name_the_rule_has_for_them(new_student: Reader, simulator: Simulator) -> None:
    people = [{"emailAddress": {"name": "図書館", "address": "Library@example.ac.jp"}}]
    made(simulator, STUDENT, displayName="named", conditions={"fromAddresses": people})
    new_student.send(edit_page(new_student, "named"), from_addresses="library@example.ac.jp, b@example.com")
    names = [each["emailAddress"]["name"] for each in named(simulator, STUDENT, "named")["conditions"]["fromAddresses"]]
    assert names == ["図書館", "b@example.com"]


def test_words_that_microsoft_upper_cases_are_still_the_same_rule(new_student: Reader, simulator: Simulator) -> None:
    simulator.switch(rule_strings="upper")
    page = new_student.send(new_student.open(NEW), subject_contains="report", mark_as_read="on")
    assert "保存しました" in page.text


def test_a_rule_is_off_or_on_as_it_was(rule_collector: Reader, simulator: Simulator) -> None:
    page = edit_page(rule_collector, "メールマガジン")
    rule_collector.send(page, subject_contains="newsletter")
    rule = named(simulator, COLLECTOR, "メールマガジン")
    assert rule["isEnabled"] is False
    assert rule["conditions"] == {"subjectContains": ["newsletter"]}


def test_a_rule_whose_folder_is_gone_asks_for_another(rule_collector: Reader, simulator: Simulator) -> None:
    page = edit_page(rule_collector, "旧ゼミ")
    assert page.words("option[selected]") == "見つからないフォルダー"
    page = rule_collector.send(page, status=422)
    assert errors(page) == ["フォルダーが見つかりません。移動先を選び直してください。"]
    rule_collector.send(page, move_to_folder=folder_id(page, "課題"))
    assert named(simulator, COLLECTOR, "旧ゼミ")["hasError"] is False


def test_html_is_text_and_control_characters_are_dropped(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open(NEW)
    values = {"name": "<b>\x00\x1bx</b>", "subject_contains": "a\x07b\r\n\x00", "mark_as_read": "on"}
    page = new_student.send(page, forward_to="x\x08", status=422, **values)
    new_student.send(page, forward_to="")
    assert named(simulator, STUDENT, "<b>x</b>")["conditions"] == {"subjectContains": ["ab"]}


def test_the_first_change_of_a_mailbox_comes_with_a_warning(new_student: Reader) -> None:
    page = new_student.open(NEW)
    assert "はじめて変更する前に" in page.text
    new_student.send(page, subject_contains="x", mark_as_read="on")
    assert "はじめて変更する前に" not in new_student.open(NEW).text


def test_a_read_only_rule_has_a_page_that_says_so(rule_collector: Reader, simulator: Simulator) -> None:
    rule = named(simulator, COLLECTOR, "受信日で仕分け")
    other = link(rule_collector.open("/ja/rules/"), "図書館", "編集")
    address = other.replace(other.split("/")[3], encoded(rule["id"]))
    for page in (rule_collector.open(address, status=403), rule_collector.open(f"{address}delete/", status=403)):
        assert page.h1 == "このルールは Outlook でだけ変更できます"
        assert not page.all("main form")


def test_a_rule_that_is_not_there_or_somebody_elses_is_not_found(new_student: Reader, simulator: Simulator) -> None:
    others = simulator.rules(COLLECTOR)[0]["id"]
    for address in ("YWJj", "_", "A" * 700, encoded(others)):
        new_student.open(f"/ja/rules/{address}/", status=404)
        new_student.open(f"/ja/rules/{address}/delete/", status=404)
