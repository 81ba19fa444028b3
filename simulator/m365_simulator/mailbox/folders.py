"""The folders of a mailbox: the names that Exchange gives to its own, and finding one by id, role or place."""

from collections import defaultdict
from collections.abc import Callable, Iterator
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


class Tree:
    """What is listed is kept as tuples until the tree changes: a listing in pages costs its rows."""

    def __init__(self) -> None:
        self.folders: dict[str, Folder] = {}
        self._inside: dict[str, dict[str, Folder]] = defaultdict(dict)
        self._roles: dict[str, Folder] = {}
        self._listed: dict[tuple[str, str], tuple[Folder, ...]] = {}

    def add(self, folder: Folder) -> None:
        self.folders[folder.id] = folder
        self._inside[folder.parent][folder.id] = folder
        if folder.role:
            self._roles.setdefault(folder.role, folder)
        self._listed.clear()

    def remove(self, folder: Folder) -> None:
        """This one alone: what lies in it is the caller's care."""
        del self.folders[folder.id], self._inside[folder.parent][folder.id]
        self._listed.clear()

    def move(self, folder: Folder, parent: str) -> None:
        del self._inside[folder.parent][folder.id]
        folder.parent = parent
        self._inside[parent][folder.id] = folder
        self._listed.clear()

    def role(self, role: str) -> Folder:
        """The folder with this well-known name. Raises KeyError."""
        return self._roles[role]

    def children(self, parent: str) -> tuple[Folder, ...]:
        return self._kept("all", parent, lambda: iter(self._inside[parent].values()))

    def visible(self, parent: str) -> tuple[Folder, ...]:
        """The children that are not hidden."""
        return self._kept("visible", parent, lambda: (it for it in self.children(parent) if not it.hidden))

    def below(self, parent: str) -> tuple[Folder, ...]:
        """Everything below a folder, depth first."""
        return self._kept("below", parent, lambda: self._walk(parent))

    def holds(self, outer: Folder, inner: Folder) -> bool:
        """Whether `inner` is `outer` or lies somewhere in it."""
        at: Folder | None = inner
        while at is not None and at is not outer:
            at = self.folders.get(at.parent)
        return at is not None

    def depth(self, folder: Folder) -> int:
        """How many folders it lies in."""
        levels, at = 0, self.folders.get(folder.parent)
        while at is not None:
            levels, at = levels + 1, self.folders.get(at.parent)
        return levels

    def _walk(self, parent: str) -> Iterator[Folder]:
        waiting = list(reversed(self.children(parent)))
        while waiting:
            folder = waiting.pop()
            yield folder
            waiting += reversed(self.children(folder.id))

    def _kept(self, kind: str, parent: str, make: Callable[[], Iterator[Folder]]) -> tuple[Folder, ...]:
        key = (kind, parent)
        if key not in self._listed:
            self._listed[key] = tuple(make())
        return self._listed[key]
