"""What the storage page draws and says: the meter of the mailbox, the largest folders, and the rest in one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.mailbox.folders import Folder, FolderRole, Tree, add_up_sizes
from portal.mailbox.quota import QuotaState, Usage

# The length of the meter, and of the bar of the largest folder, in units of their own.
WIDTH = 1000
# So many folders have a row of their own.
MOST_ROWS = 20
# So many of the largest stand by themselves in a narrow window; the smaller ones are folded, if they are enough.
LARGE, ENOUGH = 6, 3
# Besides those, folders of unknown size: any of them may be the largest.
MOST_UNKNOWN = 10


@dataclass(frozen=True)
class Gauge:
    """The meter of one mailbox. Its limit is the usual one, so nothing but Microsoft's word makes it full."""

    usage: Usage

    @property
    def headline(self) -> str:
        """Which sentence is said: "full", "over", "nearly-full", "room" or "unknown"."""
        state = self.usage.state
        if state is QuotaState.NEARLY_FULL and self.left == 0:
            return "over"
        if state is QuotaState.OK:
            return "unknown" if self.usage.unmeasured else "room"
        return {QuotaState.FULL: "full", QuotaState.NEARLY_FULL: "nearly-full"}.get(state, "unknown")

    @property
    def is_drawn(self) -> bool:
        return self.usage.percent is not None

    @property
    def needs_attention(self) -> bool:
        return self.usage.state in (QuotaState.NEARLY_FULL, QuotaState.FULL)

    @property
    def fill(self) -> int:
        """Of WIDTH; a mailbox above its limit fills the meter and no more."""
        used, limit = self.usage.used or 0, self.usage.limit or 1
        return min(WIDTH, used * WIDTH // limit)

    @property
    def now(self) -> int:
        """Bytes, within the meter's ends."""
        return min(self.usage.used or 0, self.usage.limit or 0)

    @property
    def half(self) -> int:
        return (self.usage.limit or 0) // 2

    @property
    def left(self) -> int:
        """Bytes up to the usual limit."""
        return max(0, (self.usage.limit or 0) - (self.usage.used or 0))


@dataclass(frozen=True)
class FolderRow:
    """One folder; `above` are the names from the top down to its parent, `share` is of WIDTH, the largest folder's."""

    folder: Folder
    above: tuple[str, ...]
    share: int

    @property
    def items(self) -> int | None:
        return self.folder.items

    @property
    def size(self) -> int | None:
        return self.folder.size

    @property
    def is_deleted(self) -> bool:
        return self.folder.role is FolderRole.DELETED


@dataclass(frozen=True)
class OtherFolders:
    """The other folders, added up. `size` is None when that of any is unknown, `items` when that of all are."""

    count: int
    items: int | None
    size: int | None
    share: int


@dataclass(frozen=True)
class Breakdown:
    """`small` are folded on a phone; `rest` is the last row of them, or of `large` when there are none."""

    large: tuple[FolderRow, ...]
    small: tuple[FolderRow, ...]
    rest: OtherFolders | None

    @property
    def rows(self) -> tuple[FolderRow | OtherFolders, ...]:
        return self.large if self.small else (*self.large, *self._last)

    @property
    def small_rows(self) -> tuple[FolderRow | OtherFolders, ...]:
        return (*self.small, *self._last)

    @property
    def _last(self) -> tuple[OtherFolders, ...]:
        return (self.rest,) if self.rest else ()

    @property
    def folded(self) -> int:
        """How many folders are in the fold."""
        return len(self.small) + (self.rest.count if self.rest else 0)


def break_down(usage: Usage) -> Breakdown:
    """Deleted Items first, then the largest and those of unknown size; the rest are the others and the empty ones."""
    tree = Tree(usage.folders)
    known = [folder for folder in usage.folders if folder.role is FolderRole.DELETED or folder.size][:MOST_ROWS]
    unknown = [folder for folder in usage.folders if folder.size is None and folder not in known][:MOST_UNKNOWN]
    shown = {folder.id for folder in (*known, *unknown)}
    others = [folder for folder in usage.folders if folder.id not in shown]
    largest = max((folder.size or 0 for folder in usage.folders), default=0)
    large, small = (known[:LARGE], known[LARGE:]) if len(known) >= LARGE + ENOUGH else (known, [])

    def make_rows(folders: Sequence[Folder]) -> tuple[FolderRow, ...]:
        return tuple(
            FolderRow(folder, tree.get_path(folder.id)[:-1], measure_share(folder.size, largest)) for folder in folders
        )

    return Breakdown(make_rows([*large, *unknown]), make_rows(small), sum_up(others, largest) if others else None)


def sum_up(folders: Sequence[Folder], largest: int) -> OtherFolders:
    size = None if any(folder.size is None for folder in folders) else add_up_sizes(folders)
    items = add_up_known(folder.items for folder in folders)
    return OtherFolders(len(folders), items, size, measure_share(size, largest))


def measure_share(size: int | None, largest: int) -> int:
    """Of WIDTH; whatever takes space at all can be seen."""
    if not size or not largest:
        return 0
    return max(2, min(WIDTH, size * WIDTH // largest))


def add_up_known(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
