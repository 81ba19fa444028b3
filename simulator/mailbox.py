"""One person's mailbox: folders, messages, rules, quota. Sizes are bytes."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulator import ids
from simulator.folder import NAMES, Folder
from simulator.mail.message import Content

if TYPE_CHECKING:
    from simulator.tenant import Person

GIB = 1024**3
USUAL_QUOTA = 50 * GIB
VISIBLE = (
    "inbox",
    "drafts",
    "sentitems",
    "deleteditems",
    "junkemail",
    "archive",
    "outbox",
    "conversationhistory",
)


@dataclass
class Message:
    """A stored message: what arrived, and what the mailbox knows about it."""

    content: Content
    id: str
    immutable_id: str
    folder: str
    received: datetime
    importance: str
    categories: list[str] = field(default_factory=list)
    is_read: bool = False


class Mailbox:
    """The tree hangs on a root that is not listed; its child is msgfolderroot.

    A rule is a dict with Graph's names: id, displayName, sequence, isEnabled, isReadOnly,
    conditions, actions, exceptions (the last three hold set members only).
    """

    def __init__(self, owner: "Person", quota: int = USUAL_QUOTA) -> None:
        self.owner = owner
        self.quota = quota
        self.key = uuid.uuid5(uuid.NAMESPACE_URL, f"mailbox:{owner.oid}")
        self.folders: dict[str, Folder] = {}
        self.messages: dict[str, Message] = {}
        self._held: dict[str, dict[str, Message]] = defaultdict(dict)
        self.rules: list[dict[str, Any]] = []
        self.version = 0
        self._last = {"folder": 0, "message": 0, "rule": 0}
        self._make_default_folders()

    # folders

    def _make_default_folders(self) -> None:
        names = NAMES[self.owner.language]
        self.root = self.add_folder("Root", "")
        self.top = self.add_folder(names["msgfolderroot"], self.root.id, role="msgfolderroot")
        for role in VISIBLE:
            self.add_folder(names[role], self.top.id, role=role)
        self.add_folder("Conversation Action Settings", self.top.id, hidden=True)
        self.add_folder("Deletions", self.root.id, role="recoverableitemsdeletions")
        self.add_folder("Finder", self.root.id, role="searchfolders")

    def add_folder(self, name: str, parent: str, **more: Any) -> Folder:
        """A new folder under the folder with this id; `more` as in Folder."""
        self.version += 1
        made = ids.folder_id(self.key, self._next("folder"))
        folder = Folder(made, name, parent, version=self.version, **more)
        self.folders[folder.id] = folder
        return folder

    def folder(self, role: str) -> Folder:
        """The folder with this well-known name. Raises KeyError."""
        for folder in self.folders.values():
            if folder.role == role:
                return folder
        raise KeyError(role)

    def named(self, name: str) -> Folder:
        """The first folder with this display name. Raises KeyError."""
        for folder in self.folders.values():
            if folder.name == name:
                return folder
        raise KeyError(name)

    def children(self, parent: str) -> list[Folder]:
        return [folder for folder in self.folders.values() if folder.parent == parent]

    def tree(self, parent: str) -> list[Folder]:
        """Everything below a folder, depth first."""
        found = []
        for child in self.children(parent):
            found += [child, *self.tree(child.id)]
        return found

    def stored(self, folder: str) -> list[Message]:
        """Messages of a folder, the newest first."""
        return sorted(self._in(folder), key=lambda message: message.received, reverse=True)

    def _in(self, folder: str) -> Collection[Message]:
        return self._held[folder].values()

    def size(self, folder: Folder) -> int:
        """Bytes of this folder's own messages, not of its subfolders."""
        return folder.more_bytes + sum(message.content.size for message in self._in(folder.id))

    def items(self, folder: Folder) -> int:
        return folder.more_items + len(self._in(folder.id))

    def unread(self, folder: Folder) -> int:
        return folder.more_unread + sum(not message.is_read for message in self._in(folder.id))

    # quota

    @property
    def used(self) -> int:
        """Bytes that count: not search folders, not recoverable items (own quota)."""
        return sum(self.size(folder) for folder in self.tree(self.top.id) if not folder.search)

    @property
    def is_full(self) -> bool:
        return self.used >= self.quota

    def has_room(self, size: int) -> bool:
        return self.used + size <= self.quota

    # messages

    def store(self, content: Content, folder: str, importance: str = "normal", **more: Any) -> Message:
        """Keep a message in the folder with this id; `more` as in Message."""
        number = self._next("message")
        made = ids.message_id(self.key, number)
        more.setdefault("received", datetime.now(UTC).replace(microsecond=0))
        kept = ids.message_id(self.key, number + (1 << 32))
        message = Message(content, id=made, immutable_id=kept, folder=folder, importance=importance, **more)
        self.messages[made] = self._held[folder][made] = message
        return message

    # rules

    def add_rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        """Append a rule: id and sequence are the service's choice."""
        last = max((held["sequence"] for held in self.rules), default=0)
        made = {**rule, "id": ids.rule_id(self.key, self._next("rule")), "sequence": last + 1}
        self.rules.append(made)
        return made

    def rules_in_order(self) -> list[dict[str, Any]]:
        return sorted(self.rules, key=lambda rule: rule["sequence"])

    def rule(self, wanted: str) -> dict[str, Any] | None:
        return next((rule for rule in self.rules if rule["id"] == wanted), None)

    def in_error(self, rule: dict[str, Any]) -> bool:
        """Whether a folder that the rule needs is gone."""
        actions = rule["actions"]
        targets = [actions.get("moveToFolder"), actions.get("copyToFolder")]
        return any(target not in self.folders for target in targets if target)

    def _next(self, kind: str) -> int:
        self._last[kind] += 1
        return self._last[kind]
