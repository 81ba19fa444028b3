"""The tree of folders."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.mailbox.folders import Folder, FolderRole, Tree, add_up_sizes

INBOX = Folder("1", "受信トレイ", "root", role=FolderRole.INBOX)
CLASSES = Folder("2", "授業", "root")
SPRING = Folder("3", "春学期", "2")
MATHS = Folder("4", "数学", "3")
TREE = Tree((MATHS, CLASSES, SPRING, INBOX))


def test_a_path_goes_from_the_top_down() -> None:
    assert TREE.get_path("4") == ("授業", "春学期", "数学")
    assert TREE.get_path("1") == ("受信トレイ",)
    assert TREE.get_path("gone") == ()


def test_folders_come_depth_first_with_the_inbox_at_the_top() -> None:
    assert list(TREE.walk()) == [(0, INBOX), (0, CLASSES), (1, SPRING), (2, MATHS)]


ids = st.sampled_from("abcdef")


@given(st.lists(st.builds(Folder, ids, ids, st.none() | ids), unique_by=lambda folder: folder.id))
def test_a_ring_of_folders_does_not_hang(folders: list[Folder]) -> None:
    tree = Tree(tuple(folders))
    assert len(list(tree.walk())) <= len(tree)
    assert all(tree.get_path(folder.id) for folder in tree)


def test_sizes_are_added_where_they_are_known() -> None:
    big = Folder("b", "b", size=3 * 2**31)
    assert add_up_sizes([big, INBOX, Folder("s", "s", size=5, search=True)]) == 3 * 2**31
    assert add_up_sizes([INBOX]) is None
    assert add_up_sizes([]) is None
