"""Which folders have a row, and what the gauge draws."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.mailbox.folders import Folder, FolderRole, add_up_sizes
from portal.mailbox.quota import Usage, sort_by_size
from portal.quota.figures import LARGE, MOST_ROWS, MOST_UNKNOWN, WIDTH, Gauge, add_up_known, break_down

SIZES = st.one_of(st.none(), st.integers(0, 2**45))


def usage(sizes: list[int | None]) -> Usage:
    """Folders of these sizes, the first of them Deleted Items, each below the one before."""
    folders = tuple(
        Folder(str(n), f"folder {n}", str(n - 1), items=n, size=size, role=None if n else FolderRole.DELETED)
        for n, size in enumerate(sizes)
    )
    unmeasured = sum(size is None for size in sizes)
    return Usage(add_up_sizes(folders), 50 * 2**30, folders=sort_by_size(folders), unmeasured=unmeasured)


def test_of_a_thousand_folders_twenty_have_a_row() -> None:
    found = break_down(usage([5, *range(1, 1000)]))
    assert (len(found.large), len(found.small)) == (LARGE, MOST_ROWS - LARGE)
    assert found.folded == 1000 - LARGE
    assert found.large[0].is_deleted
    assert [line.folder.size for line in found.large[1:3]] == [999, 998]
    assert found.rest is not None
    assert (found.rest.count, found.rest.size) == (980, sum(range(1, 981)))


@given(st.lists(SIZES, max_size=60))
def test_every_folder_is_counted_once_and_no_bar_is_too_long(sizes: list[int | None]) -> None:
    whole = usage(sizes)
    found = break_down(whole)
    rest = found.rest
    every = [*found.large, *found.small]
    parts = [line.folder.size for line in every] + [rest.size if rest else None]
    assert len(every) + (rest.count if rest else 0) == len(sizes)
    assert not found.small or min(len(found.large), LARGE) == LARGE
    assert all(line.folder.size is not None or line.is_deleted for line in found.small)
    assert sizes.count(None) > MOST_UNKNOWN or add_up_known(parts) == whole.used
    assert not (rest and rest.size is None) or sizes.count(None) > MOST_UNKNOWN
    assert all(0 <= share <= WIDTH for share in [line.share for line in every] + [rest.share if rest else 0])


@given(SIZES, st.one_of(st.none(), st.integers(1, 2**45)), st.sampled_from([True, False, None]), st.integers(0, 2))
def test_the_gauge_stays_within_its_ends(
    used: int | None, limit: int | None, full: bool | None, unmeasured: int
) -> None:
    gauge = Gauge(Usage(used, limit, full=full, unmeasured=unmeasured))
    assert 0 <= gauge.fill <= WIDTH
    assert 0 <= gauge.now <= (limit or 0)
    assert (gauge.headline == "full") is (full is True)
    if gauge.headline == "room":
        assert gauge.left > 0
        assert not unmeasured
