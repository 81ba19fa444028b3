"""What the rules do to a message, seen from the mailbox."""

from __future__ import annotations

import pytest

from m365_simulator.graph.vocabulary import ACTIONS
from tests.graph_person import addressed
from tests.letter import letter
from tests.mail_owner import Owner
from tests.simulator_control import Simulator

ARCHIVE = "アーカイブ"
INBOX = "受信トレイ"
DELETED = "削除済みアイテム"


SENT_ON = {"forwardTo": "forward", "forwardAsAttachmentTo": "attachment", "redirectTo": "redirect"}
TRIED = {
    "assignCategories",
    "copyToFolder",
    "delete",
    "markAsRead",
    "markImportance",
    "moveToFolder",
    "permanentDelete",
    "stopProcessingRules",
}


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


def test_without_rules_it_lies_unread_in_the_inbox(owner: Owner) -> None:
    assert owner.deliver(letter("One")) == {"folder": INBOX, "matched": [], "sent": []}
    newest = owner.newest("inbox")
    assert (newest["subject"], newest["isRead"], newest["importance"]) == ("One", False, "normal")


def test_it_is_moved(owner: Owner) -> None:
    owner.made_rule(displayName="r", actions={"moveToFolder": owner.id_of("archive")})
    assert owner.deliver(letter("One")) == {"folder": ARCHIVE, "matched": ["r"], "sent": []}
    assert owner.subjects("archive") == ["One"]
    assert "One" not in owner.subjects("inbox")


def test_it_is_copied(owner: Owner) -> None:
    owner.made_rule(actions={"copyToFolder": owner.id_of("archive")})
    assert owner.deliver(letter("One"))["folder"] == INBOX
    assert owner.subjects("archive") == ["One"]
    assert "One" in owner.subjects("inbox")


def test_a_second_move_is_a_copy(owner: Owner) -> None:
    owner.made_rule(actions={"moveToFolder": owner.id_of("archive")})
    owner.made_rule(actions={"moveToFolder": owner.id_of("drafts")})
    assert owner.deliver(letter("One"))["folder"] == ARCHIVE
    assert owner.subjects("archive") == owner.subjects("drafts") == ["One"]


def test_deleted_mail_lies_in_deleted_items(owner: Owner) -> None:
    owner.made_rule(actions={"delete": True})
    assert owner.deliver(letter("One"))["folder"] == DELETED
    assert owner.subjects("deleteditems") == ["One"]


def test_permanently_deleted_mail_lies_nowhere(owner: Owner) -> None:
    owner.made_rule(actions={"permanentDelete": True})
    assert owner.deliver(letter("One"))["folder"] is None
    assert "One" not in [row["subject"] for row in owner.every("/me/messages")]


def test_it_is_marked(owner: Owner) -> None:
    owner.made_rule(actions={"markAsRead": True, "markImportance": "high", "assignCategories": ["ゼミ"]})
    owner.made_rule(actions={"assignCategories": ["研究", "ゼミ"]})
    owner.deliver(letter("One"))
    newest = owner.newest("inbox")
    assert (newest["isRead"], newest["importance"]) == (True, "high")
    assert newest["categories"] == ["ゼミ", "研究"]


@pytest.mark.parametrize("importance", ["low", "normal", "high"])
def test_any_importance_can_be_given(owner: Owner, importance: str) -> None:
    owner.made_rule(actions={"markImportance": importance})
    owner.deliver(letter("One", Importance="low"))
    assert owner.newest("inbox")["importance"] == importance


@pytest.mark.parametrize("action", SENT_ON)
def test_it_is_sent_on_and_stays(owner: Owner, action: str) -> None:
    owner.made_rule(actions={action: addressed("a@example.com", "b@example.com")})
    answer = owner.deliver(letter("One"))
    assert [(row["to"], row["kind"]) for row in answer["sent"]] == [
        ("a@example.com", SENT_ON[action]),
        ("b@example.com", SENT_ON[action]),
    ]
    assert answer["folder"] == INBOX


def test_every_action_is_tried_here() -> None:
    assert TRIED | set(SENT_ON) == set(ACTIONS)
    assert len(ACTIONS) == 11


def test_all_actions_of_a_rule_are_carried_out_in_any_order(owner: Owner) -> None:
    to = {"moveToFolder": owner.id_of("archive"), "copyToFolder": owner.id_of("drafts")}
    actions = {"stopProcessingRules": True, **to, "markAsRead": True, "assignCategories": ["ゼミ"]}
    owner.made_rule(displayName="all", actions=actions)
    owner.made_rule(displayName="never")
    assert owner.deliver(letter("One"))["matched"] == ["all"]
    moved, copied = owner.newest("archive"), owner.newest("drafts")
    assert moved["id"] != copied["id"]
    assert [row["categories"] for row in (moved, copied)] == [["ゼミ"], ["ゼミ"]]
    assert moved["isRead"] is copied["isRead"] is True


def test_what_a_later_rule_marks_is_marked_on_every_copy(owner: Owner) -> None:
    owner.made_rule(actions={"copyToFolder": owner.id_of("archive")})
    owner.made_rule(actions={"markImportance": "high"})
    owner.deliver(letter("One"))
    assert owner.newest("archive")["importance"] == owner.newest("inbox")["importance"] == "high"


def test_moved_and_deleted_mail_lies_in_both_folders(owner: Owner) -> None:
    owner.made_rule(actions={"moveToFolder": owner.id_of("archive"), "delete": True})
    assert owner.deliver(letter("One"))["folder"] == ARCHIVE
    assert owner.subjects("deleteditems") == owner.subjects("archive") == ["One"]


def test_a_copy_outlives_the_permanent_deletion(owner: Owner) -> None:
    owner.made_rule(actions={"copyToFolder": owner.id_of("archive"), "permanentDelete": True})
    assert owner.deliver(letter("One"))["folder"] is None
    assert owner.subjects("archive") == ["One"]


def test_a_rule_does_not_look_at_what_an_earlier_rule_did(owner: Owner) -> None:
    owner.made_rule(displayName="a", actions={"markImportance": "high", "assignCategories": ["ゼミ"]})
    owner.made_rule(displayName="b", conditions={"importance": "high"})
    owner.made_rule(displayName="c", conditions={"categories": ["ゼミ"]})
    assert owner.matched(letter("One")) == ["a"]


def test_mail_that_was_there_before_the_rule_stays(owner: Owner) -> None:
    owner.deliver(letter("Before"))
    owner.made_rule(actions={"delete": True})
    owner.deliver(letter("After"))
    assert owner.subjects("deleteditems") == ["After"]
    assert "Before" in owner.subjects("inbox")


def test_rules_run_in_order_until_one_stops(owner: Owner) -> None:
    owner.made_rule(displayName="a", actions={"markAsRead": True})
    owner.made_rule(displayName="b", actions={"stopProcessingRules": True})
    third = owner.made_rule(displayName="c", actions={"moveToFolder": owner.id_of("archive")})
    assert owner.deliver(letter("One"))["matched"] == ["a", "b"]
    owner.change_rule(third["id"], sequence=1)
    assert owner.deliver(letter("Two")) == {"folder": ARCHIVE, "matched": ["c", "a", "b"], "sent": []}


def test_a_rule_that_is_off_does_nothing(owner: Owner) -> None:
    owner.made_rule(isEnabled=False, actions={"delete": True})
    assert owner.deliver(letter())["matched"] == []


@pytest.mark.behaviour(36, 37)
def test_a_rule_in_error_and_a_read_only_one_do_nothing(simulator: Simulator) -> None:
    collector = Owner(simulator, "rule.collector")
    answer = collector.deliver(letter("旧ゼミ", to="seminar2024@example.ac.jp"))
    assert answer["matched"] == ["残りはアーカイブ"]


def test_the_seeded_rules_sort_the_post(simulator: Simulator) -> None:
    collector = Owner(simulator, "rule.collector")
    course = collector.deliver(letter("課題", From="manaba@lms.example.ac.jp"))
    hidden = collector.deliver(letter("請求書の件"))
    assert course == {"folder": "課題", "matched": ["授業（manaba）"], "sent": []}
    assert (hidden["folder"], hidden["matched"]) == ("RSS フィード", [".", "残りはアーカイブ"])


def many(count: int, start: int = 0) -> dict[str, object]:
    """Actions with so many forwardees, shared out to the three ways of sending on."""
    people = addressed(*(f"p{number}@example.com" for number in range(start, start + count)))
    shares = {"forwardTo": people[::3], "redirectTo": people[1::3], "forwardAsAttachmentTo": people[2::3]}
    return {name: share for name, share in shares.items() if share}


@pytest.mark.behaviour(40)
def test_more_than_ten_forwardees_leave_the_rule_unapplied(owner: Owner) -> None:
    owner.made_rule(displayName="eleven", actions={**many(11), "markAsRead": True})
    assert owner.deliver(letter()) == {"folder": INBOX, "matched": [], "sent": []}
    assert owner.newest("inbox")["isRead"] is False
    owner.made_rule(displayName="ten", actions=many(10))
    assert len(owner.deliver(letter())["sent"]) == 10


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(("limit", "most"), [(10, 10), (9, 9)])
def test_ten_forwardees_may_be_too_many(owner: Owner, limit: int, most: int) -> None:
    owner.simulator.switch(forwardee_limit=limit)
    owner.made_rule(displayName="ten", actions=many(10))
    owner.made_rule(displayName="nine", actions=many(9))
    assert owner.matched(letter()) == (["ten", "nine"] if most == 10 else ["nine"])


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(("counted", "acted"), [("per_rule", ["a", "b", "c"]), ("per_message", ["a", "c"])])
def test_forwardees_may_be_counted_over_all_rules(owner: Owner, counted: str, acted: list[str]) -> None:
    owner.simulator.switch(forwardees_counted=counted)
    owner.made_rule(displayName="a", actions=many(6))
    owner.made_rule(displayName="b", actions=many(6, 20))
    owner.made_rule(displayName="c", actions={"markAsRead": True})
    assert owner.matched(letter()) == acted
