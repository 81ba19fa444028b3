"""How full a mailbox is said to be."""

from __future__ import annotations

import pytest

from portal.mailbox.folders import Folder, Role
from portal.mailbox.quota import State, Usage, by_size

GB = 2**30


@pytest.mark.parametrize(
    ("used", "limit", "full", "percent", "state"),
    [
        (0, 50 * GB, False, 0, State.OK),
        (45 * GB - 1, 50 * GB, False, 89, State.OK),
        (45 * GB, 50 * GB, None, 90, State.LOOK),
        (65 * GB, 50 * GB, False, 130, State.LOOK),
        (65 * GB, 50 * GB, None, 130, State.LOOK),
        (65 * GB, 50 * GB, True, 130, State.FULL),
        (1, 50 * GB, True, 0, State.FULL),
        (None, 50 * GB, None, None, State.UNKNOWN),
        (5, None, False, None, State.UNKNOWN),
        (None, None, True, None, State.FULL),
    ],
)
def test_full_is_microsofts_word_alone(
    used: int | None, limit: int | None, full: bool | None, percent: int | None, state: State
) -> None:
    usage = Usage(used, limit, full=full)
    assert (usage.percent, usage.state) == (percent, state)


def test_deleted_items_come_first_then_the_largest_and_the_unknown_last() -> None:
    deleted = Folder("d", "削除済みアイテム", size=1, role=Role.DELETED)
    large, small, unknown = Folder("l", "大", size=9), Folder("s", "小", size=2), Folder("u", "不明")
    assert by_size((unknown, small, large, deleted)) == (deleted, large, small, unknown)
    assert Usage(None, None, folders=(deleted,)).deleted == deleted
    assert Usage(None, None).deleted is None
