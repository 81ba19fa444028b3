"""How full a mailbox is said to be."""

from __future__ import annotations

import pytest

from portal.mailbox.folders import Folder, FolderRole
from portal.mailbox.quota import QuotaState, Usage, sort_by_size

GB = 2**30


@pytest.mark.parametrize(
    ("used", "limit", "full", "percent", "state"),
    [
        (0, 50 * GB, False, 0, QuotaState.OK),
        (45 * GB - 1, 50 * GB, False, 89, QuotaState.OK),
        (45 * GB, 50 * GB, None, 90, QuotaState.NEARLY_FULL),
        (65 * GB, 50 * GB, False, 130, QuotaState.NEARLY_FULL),
        (65 * GB, 50 * GB, None, 130, QuotaState.NEARLY_FULL),
        (65 * GB, 50 * GB, True, 130, QuotaState.FULL),
        (1, 50 * GB, True, 0, QuotaState.FULL),
        (None, 50 * GB, None, None, QuotaState.UNKNOWN),
        (5, None, False, None, QuotaState.UNKNOWN),
        (None, None, True, None, QuotaState.FULL),
    ],
)
def test_full_is_microsofts_word_alone(
    used: int | None, limit: int | None, full: bool | None, percent: int | None, state: QuotaState
) -> None:
    usage = Usage(used, limit, full=full)
    assert (usage.percent, usage.state) == (percent, state)


def test_deleted_items_come_first_then_the_largest_and_the_unknown_last() -> None:
    deleted = Folder("d", "削除済みアイテム", size=1, role=FolderRole.DELETED)
    large, small, unknown = Folder("l", "大", size=9), Folder("s", "小", size=2), Folder("u", "不明")
    assert sort_by_size((unknown, small, large, deleted)) == (deleted, large, small, unknown)
    assert Usage(None, None, folders=(deleted,)).deleted == deleted
    assert Usage(None, None).deleted is None
