"""Rules such as somebody leaves who has broken into a mailbox: they hide mail from its owner.

What is looked for, and only together: mail is marked as read; it is deleted or moved to a folder that hardly anybody
opens; and the rule waits for words of money or of sign-in, or its name is of punctuation only. Sources:
https://www.bitlyftair.ai/blog/microsoft-365-mailbox-rule-abuse-detection-automated-cleanup and
https://www.huntress.com/cybersecurity-insights/microsoft-365-hidden-inbox-rule-detection
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from portal.mailbox.folders import FolderRole, Tree
from portal.mailbox.rules import Rule

# Folders that Outlook makes by itself, by the names that it gives them.
QUIET_FOLDERS = frozenset(
    {
        "archive",
        "conversation history",
        "rss feeds",
        "rss subscriptions",
        "rss フィード",
        "rss 購読",
        "アーカイブ",
        "会話の履歴",
    }
)
TEXT_CONDITIONS = ("subject_contains", "body_contains", "body_or_subject_contains")
_ENGLISH = re.compile(
    r"\b(invoices?|payments?|payroll|salary|bank|wire transfer|remittance|passwords?|passcode"
    r"|security (alert|code)|sign-?in (alert|attempt)|unusual (activity|sign-?in)|phishing|hacked|compromised)\b"
)
_JAPANESE = re.compile(
    r"請求書|支払|振込|送金|給与|銀行|口座|パスワード|暗証|不正|フィッシング|乗っ取り"
    r"|セキュリティ(の)?(通知|警告|アラート|コード)|サインイン(の)?(通知|試行)"
)


def is_suspicious(rule: Rule, tree: Tree | None = None) -> bool:
    """Whether the rule is on and hides mail as such rules do. Without the `tree` no folder is taken for a quiet one."""
    if not (rule.enabled and rule.actions.get("mark_as_read")):
        return False
    if _is_only_punctuation(rule.name):
        return not rule.keeps_copy or bool(rule.actions.get_text("move_to_folder"))
    hides = not rule.keeps_copy or _moves_out_of_sight(rule, tree)
    return hides and any(_is_about_money_or_sign_in(word) for word in _list_words(rule))


def _moves_out_of_sight(rule: Rule, tree: Tree | None) -> bool:
    folder = tree.by_id.get(rule.actions.get_text("move_to_folder")) if tree else None
    if folder is None:
        return False
    return folder.role in (FolderRole.ARCHIVE, FolderRole.DELETED) or _fold_case(folder.name) in QUIET_FOLDERS


def _list_words(rule: Rule) -> Iterator[str]:
    for name in TEXT_CONDITIONS:
        yield from rule.conditions.get_words(name)


def _is_about_money_or_sign_in(word: str) -> bool:
    plain = _fold_case(word)
    return bool(_ENGLISH.search(plain) or _JAPANESE.search(plain))


def _is_only_punctuation(name: str) -> bool:
    """Such a name, "." above all, is overlooked in a list."""
    marks = [character for character in name if not character.isspace()]
    return bool(marks) and all(unicodedata.category(mark)[0] == "P" for mark in marks)


def _fold_case(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
