"""The folders of a mailbox and the tree they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class FolderRole(Enum):
    """What a folder is for, in any language; the values are Microsoft's well-known names."""

    INBOX = "inbox"
    DRAFTS = "drafts"
    SENT = "sentitems"
    ARCHIVE = "archive"
    JUNK = "junkemail"
    DELETED = "deleteditems"
    OUTBOX = "outbox"
    HISTORY = "conversationhistory"
    RECOVERABLE = "recoverableitemsdeletions"


_RANK = {role: place for place, role in enumerate(FolderRole)}


@dataclass(frozen=True)
class Folder:
    """One folder. `size` is in bytes and counts its own messages only, not those of folders below."""

    id: str
    name: str
    parent_id: str | None = None
    items: int | None = None
    size: int | None = None
    role: FolderRole | None = None
    hidden: bool = False
    search: bool = False


@dataclass(frozen=True)
class Tree:
    """Folders by their place. A folder whose parent is not among them stands at the top."""

    folders: tuple[Folder, ...] = ()
    by_id: Mapping[str, Folder] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", MappingProxyType({folder.id: folder for folder in self.folders}))

    def get_path(self, folder_id: str) -> tuple[str, ...]:
        """Names from the top down to the folder; () when there is no such folder."""
        names: list[str] = []
        seen: set[str] = set()
        folder = self.by_id.get(folder_id)
        while folder and folder.id not in seen:
            seen.add(folder.id)
            names.append(folder.name)
            folder = self.by_id.get(folder.parent_id or "")
        return tuple(reversed(names))

    def walk(self) -> Iterator[tuple[int, Folder]]:
        """(depth, folder), depth-first: those with a role first, then by name."""
        below: dict[str | None, list[Folder]] = {}
        for folder in sorted(self.folders, key=_sort_key):
            below.setdefault(folder.parent_id if folder.parent_id in self.by_id else None, []).append(folder)
        waiting = [(0, folder) for folder in reversed(below.get(None, []))]
        while waiting:
            depth, folder = waiting.pop()
            yield depth, folder
            waiting += [(depth + 1, child) for child in reversed(below.pop(folder.id, []))]

    def __iter__(self) -> Iterator[Folder]:
        return iter(self.folders)

    def __len__(self) -> int:
        return len(self.folders)


def add_up_sizes(folders: Iterable[Folder]) -> int | None:
    """Bytes of the folders whose size is known; None when none is."""
    sizes = [folder.size for folder in folders if folder.size is not None and not folder.search]
    return sum(sizes) if sizes else None


def _sort_key(folder: Folder) -> tuple[int, str, str]:
    rank = _RANK[folder.role] if folder.role else len(_RANK)
    return rank, folder.name.casefold(), folder.id
