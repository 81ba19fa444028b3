"""Folders in Graph's JSON and in ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.folders import decode_folder, read_tree
from portal.mailbox.folders import Folder, FolderRole, Tree
from tests.graph.request_log import count_round_trips
from tests.simulator_control import Simulator


def find_by_role(tree: Tree, role: FolderRole) -> Folder | None:
    return next((folder for folder in tree if folder.role is role), None)


def test_the_whole_tree_comes_in_one_round_trip(open_graph: Callable[..., Graph], simulator: Simulator) -> None:
    tree = read_tree(open_graph("full.mailbox"))
    assert count_round_trips(simulator) == 1
    depths = {depth for depth, _ in tree.walk()}
    assert (len(tree) >= 24, max(depths) >= 2) == (True, True)
    inbox = find_by_role(tree, FolderRole.INBOX)
    assert inbox
    assert tree.get_path(inbox.id) == ("受信トレイ",)


def test_names_are_the_persons_and_roles_are_not(graph: Graph) -> None:
    deleted = find_by_role(read_tree(graph), FolderRole.DELETED)
    assert deleted
    assert deleted.name == "Deleted Items"


def test_without_a_folder_its_role_is_unfilled(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */archive", status=404, body={"error": {"code": "ErrorItemNotFound"}})
    tree = read_tree(graph)
    assert find_by_role(tree, FolderRole.ARCHIVE) is None
    assert find_by_role(tree, FolderRole.INBOX)


def test_without_the_listing_there_is_no_tree(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=403, body={"error": {"code": "ErrorAccessDenied"}})
    with pytest.raises(errors.Forbidden):
        read_tree(graph)


def test_rows_of_a_listing_are_read_one_by_one() -> None:
    row = {"id": "1", "displayName": "授業", "parentFolderId": "0", "totalItemCount": 3, "isHidden": True}
    assert decode_folder(row, {"1": FolderRole.ARCHIVE}) == Folder(
        "1", "授業", "0", 3, None, FolderRole.ARCHIVE, hidden=True
    )
    search = decode_folder({"id": "2", "@odata.type": "#microsoft.graph.mailSearchFolder"}, {})
    assert search
    assert search.search
    assert decode_folder({"id": "3", "@removed": {"reason": "deleted"}}, {}) is None
    assert decode_folder({"displayName": "no id"}, {}) is None
