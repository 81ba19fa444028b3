"""A stored message, and the messages of one folder, counted as they come and go."""

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from m365_simulator.mail.message import Content
from m365_simulator.mailbox import ids

LASTING = 1 << 32  # added to the first number of a message, makes its immutable id


@dataclass(slots=True, eq=False)
class Message:
    """A stored message: what arrived, and what the mailbox knows about it.

    `number` makes the id and changes with the folder; `first` makes the immutable id. `came` and
    `version` are the mailbox's versions when it came into this folder and when it last changed.
    `properties` are extended properties that an application wrote, by their normalised id.
    """

    content: Content
    key: uuid.UUID
    number: int
    first: int
    folder: str
    received: datetime
    changed: datetime
    importance: str = "normal"
    categories: list[str] = field(default_factory=list)
    is_read: bool = False
    is_draft: bool = False
    flag: dict[str, Any] | None = None
    inference: str = "focused"
    properties: dict[str, str] | None = None
    came: int = 0
    version: int = 0

    @property
    def id(self) -> str:
        return ids.message_id(self.key, self.number)

    @property
    def immutable_id(self) -> str:
        return ids.message_id(self.key, self.first + LASTING)


class FolderMessages:
    """`size` in bytes. `left` has the numbers of messages that went: their first, and the version then."""

    def __init__(self) -> None:
        self.size = 0
        self.unread = 0
        self.left: dict[int, tuple[int, int]] = {}
        self._held: dict[int, Message] = {}
        self._newest: tuple[Message, ...] | None = None
        self._changed: tuple[Message, ...] | None = None

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Message]:
        return iter(self._held.values())

    def add(self, message: Message) -> None:
        self._held[message.number] = message
        self._count(message, 1)

    def remove(self, message: Message, version: int) -> None:
        del self._held[message.number]
        self.left[message.number] = (message.first, version)
        self._count(message, -1)

    def has_first(self, first: int) -> bool:
        return any(message.first == first for message in self)

    def mark(self, message: Message, is_read: bool) -> None:
        self.unread += int(message.is_read) - int(is_read)
        message.is_read = is_read

    def replace_content(self, message: Message, content: Content) -> None:
        self.size += content.size - message.content.size
        message.content = content

    def newest_first(self) -> tuple[Message, ...]:
        """Kept until the next message comes or goes."""
        if self._newest is None:
            self._newest = newest_first(self._held.values())
        return self._newest

    def since(self, version: int) -> tuple[Message, ...]:
        """Those that changed after a version, the latest change last."""
        if self._changed is None:
            self._changed = tuple(sorted(self, key=lambda it: it.version))
        return self._changed[bisect_right(self._changed, version, key=lambda it: it.version) :]

    def note_change(self) -> None:
        self._changed = None

    def _count(self, message: Message, sign: int) -> None:
        self.size += sign * message.content.size
        self.unread += sign * (not message.is_read)
        self._newest = self._changed = None


def newest_first(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(sorted(messages, key=lambda it: (it.received, it.number), reverse=True))
