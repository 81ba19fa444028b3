"""One person's mailbox: what it keeps, how much of it, and the rules. Sizes are bytes."""

import uuid
from collections import deque
from collections.abc import Sequence
from typing import Any

from m365_simulator.directory.person import Person
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.folders import NAMES, Folder
from m365_simulator.mailbox.messages import Message, newest_first
from m365_simulator.mailbox.store import Store

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


class Mailbox(Store):
    """The tree hangs on a root that is not listed; its child is msgfolderroot.

    A rule is a dict with Graph's names: id, displayName, sequence, isEnabled, isReadOnly,
    conditions, actions, exceptions (the last three hold set members only). `settings` are the
    members of mailboxSettings that were changed. `asked` are the times (monotonic seconds) of
    the requests that count against the rate; `searched` is what search folders showed at which
    version.
    """

    def __init__(self, owner: Person, quota: int = USUAL_QUOTA) -> None:
        super().__init__(uuid.uuid5(uuid.NAMESPACE_URL, f"mailbox:{owner.oid}"))
        self.owner = owner
        self.quota = quota
        self.rules: list[dict[str, Any]] = []
        self.settings: dict[str, Any] = {}
        self.asked: deque[float] = deque()
        self.searched: dict[str, tuple[int, Sequence[Message]]] = {}
        self._newest: tuple[int, tuple[Message, ...]] = (-1, ())
        self._make_default_folders()

    def _make_default_folders(self) -> None:
        names = NAMES[self.owner.language]
        self.root = self.add_folder("Root", "")
        self.top = self.add_folder(names["msgfolderroot"], self.root.id, role="msgfolderroot")
        for role in VISIBLE:
            self.add_folder(names[role], self.top.id, role=role)
        self.add_folder("Conversation Action Settings", self.top.id, hidden=True)
        self.add_folder("Deletions", self.root.id, role="recoverableitemsdeletions")
        self.add_folder("Finder", self.root.id, role="searchfolders")

    def everything(self) -> tuple[Message, ...]:
        """All messages below msgfolderroot, the newest first: kept until something changes."""
        if self._newest[0] != self.version:
            held = (message for folder in self.tree(self.top.id) for message in self.messages_in(folder.id))
            self._newest = (self.version, newest_first(held))
        return self._newest[1]

    # quota

    def size(self, folder: Folder) -> int:
        """Bytes of this folder's own messages, not of its subfolders."""
        return folder.more_bytes + self._contents[folder.id].size

    def items(self, folder: Folder) -> int:
        return folder.more_items + len(self._contents[folder.id])

    def unread(self, folder: Folder) -> int:
        return folder.more_unread + self._contents[folder.id].unread

    @property
    def used(self) -> int:
        """Bytes that count: not search folders, not recoverable items (own quota)."""
        return sum(self.size(folder) for folder in self.tree(self.top.id) if not folder.search)

    @property
    def is_full(self) -> bool:
        return self.used >= self.quota

    def has_room(self, size: int) -> bool:
        return self.used + size <= self.quota

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
