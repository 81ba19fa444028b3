"""What a mailbox keeps: folders, and the messages in them."""

import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from m365_simulator.mail.message import Content
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.folders import Folder, Tree
from m365_simulator.mailbox.messages import LASTING, FolderMessages, Message


class Store:
    """`version` grows with every change; `lost` has the folders that are gone, with the version then."""

    def __init__(self, key: uuid.UUID) -> None:
        self.key = key
        self.version = 0
        self.lost: dict[str, int] = {}
        self._tree = Tree()
        self._contents: dict[str, FolderMessages] = defaultdict(FolderMessages)
        self._by_number: dict[int, Message] = {}
        self._by_first: dict[int, Message] = {}
        self._last: dict[str, int] = defaultdict(int)

    def step(self) -> int:
        """The version that a change makes."""
        self.version += 1
        return self.version

    def _next(self, kind: str) -> int:
        self._last[kind] += 1
        return self._last[kind]

    # folders

    @property
    def folders(self) -> dict[str, Folder]:
        """By id."""
        return self._tree.folders

    def add_folder(self, name: str, parent: str, **more: Any) -> Folder:
        """A new folder under the folder with this id; `more` as in Folder."""
        made = ids.folder_id(self.key, self._next("folder"))
        folder = Folder(made, name, parent, version=self.step(), **more)
        self._tree.add(folder)
        return folder

    def folder(self, role: str) -> Folder:
        """The folder with this well-known name. Raises KeyError."""
        return self._tree.role(role)

    def named(self, name: str) -> Folder:
        """The first folder with this display name. Raises KeyError."""
        for folder in self.folders.values():
            if folder.name == name:
                return folder
        raise KeyError(name)

    def children(self, parent: str) -> tuple[Folder, ...]:
        return self._tree.children(parent)

    def visible(self, parent: str) -> tuple[Folder, ...]:
        """The children that are not hidden."""
        return self._tree.visible(parent)

    def tree(self, parent: str) -> tuple[Folder, ...]:
        """Everything below a folder, depth first."""
        return self._tree.below(parent)

    def holds(self, outer: Folder, inner: Folder) -> bool:
        """Whether `inner` is `outer` or lies somewhere in it."""
        return self._tree.holds(outer, inner)

    def depth(self, folder: Folder) -> int:
        """How many folders it lies in."""
        return self._tree.depth(folder)

    def move_folder(self, folder: Folder, parent: Folder) -> None:
        self._tree.move(folder, parent.id)
        folder.version = self.step()

    def copy_folder(self, folder: Folder, parent: Folder) -> Folder:
        """With all that lies in it."""
        made = ids.folder_id(self.key, self._next("folder"))
        properties = dict(folder.properties) if folder.properties else None
        twin = replace(folder, id=made, parent=parent.id, role="", properties=properties, version=self.step())
        inside, messages = self.children(folder.id), list(self._contents[folder.id])
        self._tree.add(twin)
        for message in messages:
            self.copy_message(message, twin.id)
        for child in inside:
            self.copy_folder(child, twin)
        return twin

    def remove_folder(self, folder: Folder) -> None:
        """With all that lies in it; nothing of it can be recovered."""
        for gone in (*reversed(self.tree(folder.id)), folder):
            for message in list(self._contents[gone.id]):
                self.remove_message(message)
            self._tree.remove(gone)
            self.lost[gone.id] = self.step()

    # messages

    def messages_in(self, folder: str) -> FolderMessages:
        return self._contents[folder]

    def stored(self, folder: str) -> tuple[Message, ...]:
        """Messages of a folder, the newest first."""
        return self._contents[folder].newest_first()

    @property
    def messages(self) -> dict[int, Message]:
        """By the number in their ids."""
        return self._by_number

    def message(self, wanted: str) -> Message | None:
        """By either of its ids."""
        number = ids.message_number(self.key, wanted)
        if number is None:
            return None
        return self._by_first.get(number - LASTING) if number >= LASTING else self._by_number.get(number)

    def store(self, content: Content, folder: str, importance: str = "normal", **more: Any) -> Message:
        """Keep a message in the folder with this id; `more` as in Message."""
        number, now = self._next("message"), datetime.now(UTC).replace(microsecond=0)
        more.setdefault("received", now)
        more.setdefault("changed", more["received"])
        made = Message(content, self.key, number, number, folder, importance=importance, **more)
        self._by_first[number] = made
        self._put(made)
        return made

    def copy_message(self, message: Message, folder: str) -> Message:
        number = self._next("message")
        properties = dict(message.properties) if message.properties else None
        twin = replace(
            message,
            number=number,
            first=number,
            folder=folder,
            categories=list(message.categories),
            flag=dict(message.flag) if message.flag else None,
            properties=properties,
        )
        self._by_first[number] = twin
        self._put(twin)
        return twin

    def move_message(self, message: Message, folder: str) -> None:
        """Its id becomes another one; its immutable id stays."""
        self._take(message)
        message.number, message.folder = self._next("message"), folder
        self._put(message)

    def remove_message(self, message: Message) -> None:
        self._take(message)
        del self._by_first[message.first]

    def touch(self, message: Message) -> None:
        """Note that it has changed."""
        message.version = self.step()
        message.changed = datetime.now(UTC).replace(microsecond=0)
        self._contents[message.folder].note_change()

    def _put(self, message: Message) -> None:
        self._by_number[message.number] = message
        message.came = message.version = self.step()
        self._contents[message.folder].add(message)

    def _take(self, message: Message) -> None:
        del self._by_number[message.number]
        self._contents[message.folder].remove(message, self.step())
