"""Scopes: one resource (Graph), compared by their last part without regard to case.

Names: https://learn.microsoft.com/graph/permissions-reference
"""

from collections.abc import Iterable

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError

GRAPH = "https://graph.microsoft.com/"
OPENID = ("openid", "profile", "email", "offline_access")
KNOWN = (
    *OPENID,
    "User.Read",
    "User.ReadBasic.All",
    "Mail.ReadBasic",
    "Mail.Read",
    "Mail.ReadWrite",
    "Mail.Send",
    "MailboxSettings.Read",
    "MailboxSettings.ReadWrite",
    "Calendars.Read",
    "Contacts.Read",
    "People.Read",
    "Reports.Read.All",
)
# What the consent page says of each, in Japanese and in English.
WORDS = {
    "offline_access": (
        "許可したデータへのアクセスの維持",
        "Maintain access to data you have given it access to",
    ),
    "User.Read": ("サインインとプロファイルの読み取り", "Sign you in and read your profile"),
    "User.ReadBasic.All": ("すべての利用者の基本プロファイルの読み取り", "Read all users’ basic profiles"),
    "Mail.ReadBasic": ("メールの基本情報の読み取り", "Read the basics of your mail"),
    "Mail.Read": ("メールの読み取り", "Read your mail"),
    "Mail.ReadWrite": ("メールの読み取りと書き込み", "Read and write your mail"),
    "Mail.Send": ("利用者としてのメールの送信", "Send mail as you"),
    "MailboxSettings.Read": ("メールボックスの設定の読み取り", "Read your mailbox settings"),
    "MailboxSettings.ReadWrite": ("メールボックスの設定の読み取りと書き込み", "Read and write your mailbox settings"),
    "Calendars.Read": ("予定表の読み取り", "Read your calendars"),
    "Contacts.Read": ("連絡先の読み取り", "Read your contacts"),
    "People.Read": ("関連する人の一覧の読み取り", "Read your list of relevant people"),
    "Reports.Read.All": ("すべての利用状況レポートの読み取り", "Read all usage reports"),
}
BY_LOWER = {scope.lower(): scope for scope in KNOWN}


def read_scopes(text: str) -> frozenset[str]:
    """Without the resource in front. Raises EntraError 28000 (two resources), 650053 (unknown)."""
    return frozenset(read_scope(word) for word in text.split())


def read_scope(word: str) -> str:
    bare = word.removeprefix(GRAPH)
    if "://" in bare:
        raise EntraError(28000)
    if bare.lower() not in BY_LOWER:
        raise EntraError(650053, scope=bare)
    return BY_LOWER[bare.lower()]


def write_scopes(scopes: Iterable[str]) -> str:
    """As the token endpoint returns them: Graph's with the resource (switch), no offline_access."""
    ordered = sorted(set(scopes) - {"offline_access"}, key=KNOWN.index)
    resource = GRAPH if switches.value("granted_scopes") == "full_names" else ""
    return " ".join(scope if scope in OPENID else resource + scope for scope in ordered)
