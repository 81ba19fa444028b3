"""What the rules do to a message, seen from the mailbox."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.graph_person import GraphPerson, addressed
from tests.simulator.letter import letter
from tests.simulator_control import Simulator

ARCHIVE = "アーカイブ"
INBOX = "受信トレイ"
DELETED = "削除済みアイテム"


class Owner(GraphPerson):
    def deliver(self, raw: bytes) -> dict[str, Any]:
        return self.simulator.deliver(self.address, raw)

    def id_of(self, name: str) -> str:
        return self.get(f"/me/mailFolders/{name}")["id"]

    def newest(self, folder: str) -> dict[str, Any]:
        return self.get(f"/me/mailFolders/{folder}/messages?$top=1")["value"][0]


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


def test_a_rule_in_error_and_a_read_only_one_do_nothing(simulator: Simulator) -> None:
    """Behaviours 36 and 37."""
    collector = Owner(simulator, "rule.collector")
    answer = collector.deliver(letter("旧ゼミ", to="seminar2024@example.ac.jp"))
    assert answer["matched"] == ["残りはアーカイブ"]


def test_the_seeded_rules_sort_the_post(simulator: Simulator) -> None:
    collector = Owner(simulator, "rule.collector")
    course = collector.deliver(letter("課題", From="manaba@lms.example.ac.jp"))
    hidden = collector.deliver(letter("請求書の件"))
    assert course == {"folder": "課題", "matched": ["授業（manaba）"], "sent": []}
    assert (hidden["folder"], hidden["matched"]) == ("RSS フィード", [".", "残りはアーカイブ"])


def test_more_than_ten_forwardees_leave_the_rule_unapplied(owner: Owner) -> None:
    """Behaviour 40."""
    many = addressed(*(f"p{number}@example.com" for number in range(11)))
    owner.made_rule(displayName="many", actions={"forwardTo": many, "markAsRead": True})
    assert owner.deliver(letter()) == {"folder": INBOX, "matched": [], "sent": []}
    ten = addressed(*(f"p{number}@example.com" for number in range(10)))
    owner.made_rule(displayName="ten", actions={"forwardTo": ten})
    assert len(owner.deliver(letter())["sent"]) == 10
