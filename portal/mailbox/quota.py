"""How full a mailbox is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from portal.mailbox.folders import Folder, FolderRole

NEARLY_FULL_PERCENT = 90


class QuotaState(Enum):
    """What the meter says. FULL is Microsoft's word alone, never a guess from a percentage."""

    OK = "ok"
    NEARLY_FULL = "nearly full"
    FULL = "full"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Usage:
    """Space in bytes; None is not known.

    `used` is the sum of the mail folders, `limit` the university's usual figure: Microsoft does not tell this mailbox's
    own. `full` is Microsoft's own word. `folders` come largest first, Deleted Items before all.
    `recoverable` (deleted mail that can still be recovered) has a quota of its own and is not in `used`.
    `unmeasured` counts the folders whose size could not be read.
    """

    used: int | None
    limit: int | None
    full: bool | None = None
    folders: tuple[Folder, ...] = ()
    recoverable: int | None = None
    unmeasured: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent of the limit, rounded down; may pass 100."""
        if self.used is None or not self.limit:
            return None
        return self.used * 100 // self.limit

    @property
    def state(self) -> QuotaState:
        if self.full:
            return QuotaState.FULL
        if self.percent is None:
            return QuotaState.UNKNOWN
        return QuotaState.NEARLY_FULL if self.percent >= NEARLY_FULL_PERCENT else QuotaState.OK

    @property
    def deleted(self) -> Folder | None:
        return next((folder for folder in self.folders if folder.role is FolderRole.DELETED), None)


def sort_by_size(folders: tuple[Folder, ...]) -> tuple[Folder, ...]:
    """Deleted Items first, then the largest first, those of unknown size last."""
    return tuple(
        sorted(folders, key=lambda folder: (folder.role is not FolderRole.DELETED, -_size(folder), folder.name))
    )


def _size(folder: Folder) -> int:
    return -1 if folder.size is None else folder.size
