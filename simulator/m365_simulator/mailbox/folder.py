"""A mail folder, and the names Exchange gives to the ones it makes itself."""

from dataclasses import dataclass

# https://learn.microsoft.com/graph/api/resources/mailfolder: these stand for an id
WELL_KNOWN = (
    "archive",
    "clutter",
    "conflicts",
    "conversationhistory",
    "deleteditems",
    "drafts",
    "inbox",
    "junkemail",
    "localfailures",
    "msgfolderroot",
    "outbox",
    "recoverableitemsdeletions",
    "scheduled",
    "searchfolders",
    "sentitems",
    "serverfailures",
    "syncissues",
)
NAMES = {
    "ja": {
        "inbox": "受信トレイ",
        "drafts": "下書き",
        "sentitems": "送信済みアイテム",
        "deleteditems": "削除済みアイテム",
        "junkemail": "迷惑メール",
        "archive": "アーカイブ",
        "outbox": "送信トレイ",
        "conversationhistory": "会話の履歴",
        "msgfolderroot": "インフォメーション ストアの先頭",
    },
    "en": {
        "inbox": "Inbox",
        "drafts": "Drafts",
        "sentitems": "Sent Items",
        "deleteditems": "Deleted Items",
        "junkemail": "Junk Email",
        "archive": "Archive",
        "outbox": "Outbox",
        "conversationhistory": "Conversation History",
        "msgfolderroot": "Top of Information Store",
    },
}


# A search folder that was made without saying what it looks for.
UNREAD = "isRead eq false"


@dataclass(slots=True, eq=False)
class Folder:
    """One folder.

    `more_bytes`, `more_items` and `more_unread` stand for messages that a seeded mailbox
    counts but does not store; they hold nothing of its subfolders. A search folder shows the
    messages of its `sources` (and of what lies in them, when `nested`) that pass its `query`, an
    OData filter; without sources it looks through the whole mailbox.
    """

    id: str
    name: str
    parent: str
    role: str = ""
    hidden: bool = False
    search: bool = False
    query: str = UNREAD
    sources: tuple[str, ...] = ()
    nested: bool = True
    more_bytes: int = 0
    more_items: int = 0
    more_unread: int = 0
    properties: dict[str, str] | None = None
    version: int = 0
