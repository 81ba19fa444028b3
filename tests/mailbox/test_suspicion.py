"""Rules that hide mail are told from ordinary ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.mailbox.folders import Folder, Tree
from portal.mailbox.rules import Parts, Rule
from portal.mailbox.suspicion import is_suspicious
from tests.mailbox.examples import conditions, rule, rules, words

NAMES = ("受信トレイ", "RSS フィード", "RSS Feeds", "Conversation History", "会話の履歴", "Archive", "アーカイブ")
TREE = Tree(tuple(Folder(name, name) for name in (*NAMES, "Invoices", "請求書")))
TELLING = (
    "請求書",
    "Invoice",
    "PASSWORD",
    "reset your password",
    "お振込のご案内",
    "セキュリティ通知",
    "Security alert",
)


def hiding(name: str, word: str, **actions: object) -> Rule:
    found = rule(name, mark_as_read=True, **actions)
    return replace(found, conditions=Parts(body_or_subject_contains=(word,)) if word else Parts())


@pytest.mark.parametrize("word", TELLING)
@pytest.mark.parametrize("folder", NAMES[1:])
def test_mail_about_money_or_passwords_put_out_of_sight_is_suspicious(word: str, folder: str) -> None:
    assert is_suspicious(hiding("Cleaning", word, move_to_folder=folder), TREE)
    assert is_suspicious(hiding("Cleaning", word, delete=True), TREE)
    assert is_suspicious(hiding("Cleaning", word, permanent_delete=True))


@pytest.mark.parametrize("name", [".", "..", " . ", "。", "、", "-", "…"])
def test_a_name_of_only_punctuation_is_suspicious_wherever_the_mail_goes(name: str) -> None:
    assert is_suspicious(hiding(name, "", move_to_folder="anywhere"))
    assert is_suspicious(hiding(name, "weekly", delete=True))


def test_the_rule_is_not_suspicious_once_it_is_off() -> None:
    assert not is_suspicious(replace(hiding(".", "password", delete=True), enabled=False), TREE)


@pytest.mark.parametrize(
    "found",
    [
        hiding("請求書", "請求書", move_to_folder="請求書"),
        hiding("Invoices", "invoice", move_to_folder="Invoices"),
        hiding("Newsletters", "newsletter", delete=True),
        hiding("Riverbank club", "riverbank", move_to_folder="Archive"),
        hiding("情報セキュリティ", "情報セキュリティ論", move_to_folder="アーカイブ"),
        hiding("★", "課題", move_to_folder="Archive"),
        hiding("", "課題", move_to_folder="Archive"),
        hiding(".", "password"),
        rule(".", forward_to=()),
        hiding("Lost folder", "password", move_to_folder="gone"),
    ],
    ids=lambda found: found.name or "no name",
)
def test_an_ordinary_rule_is_not_suspicious(found: Rule) -> None:
    assert not is_suspicious(found, TREE)


@given(rules)
def test_a_rule_that_leaves_mail_unread_is_never_suspicious(found: Rule) -> None:
    assert not is_suspicious(replace(found, actions=found.actions.without("mark_as_read")), TREE)


@given(rules, st.sampled_from(["Invoices", "請求書", "受信トレイ"]))
def test_a_named_rule_that_files_mail_in_a_folder_of_ones_own_is_never_suspicious(found: Rule, folder: str) -> None:
    assume(any(character.isalnum() for character in found.name))
    kept = found.actions.without("delete", "permanent_delete", "move_to_folder")
    assert not is_suspicious(replace(found, actions=Parts({**kept, "move_to_folder": folder})), TREE)


@given(rules, conditions, words)
def test_a_named_rule_that_waits_for_no_telling_words_is_never_suspicious(found: Rule, other: Parts, name: str) -> None:
    assume(any(character.isalnum() for character in name))
    plain = other.without("subject_contains", "body_contains", "body_or_subject_contains")
    assert not is_suspicious(replace(found, name=name, conditions=plain), TREE)
