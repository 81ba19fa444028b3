"""Folders in Graph's JSON and in ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.folders import folder_of, read_tree, size_of, sized
from portal.mailbox.folders import Folder, FolderRole
from tests.graph.request_log import count_round_trips
from tests.simulator_control import Simulator


def test_the_whole_tree_comes_in_one_round_trip(open_graph: Callable[..., Graph], simulator: Simulator) -> None:
    tree = read_tree(open_graph("full.mailbox"))
    assert count_round_trips(simulator) == 1
    depths = {depth for depth, _ in tree.walk()}
    assert (len(tree) >= 24, max(depths) >= 2) == (True, True)
    inbox = tree.find_by_role(FolderRole.INBOX)
    assert inbox
    assert tree.get_path(inbox.id) == ("受信トレイ",)


def test_names_are_the_persons_and_roles_are_not(graph: Graph) -> None:
    deleted = read_tree(graph).find_by_role(FolderRole.DELETED)
    assert deleted
    assert deleted.name == "Deleted Items"


def test_without_a_folder_its_role_is_unfilled(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */archive", status=404, body={"error": {"code": "ErrorItemNotFound"}})
    tree = read_tree(graph)
    assert tree.find_by_role(FolderRole.ARCHIVE) is None
    assert tree.find_by_role(FolderRole.INBOX)


def test_without_the_listing_there_is_no_tree(graph: Graph, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=403, body={"error": {"code": "ErrorAccessDenied"}})
    with pytest.raises(errors.Forbidden):
        read_tree(graph)


def test_a_folder_whose_size_cannot_be_read_is_left_unmeasured(graph: Graph, simulator: Simulator) -> None:
    tree = read_tree(graph)
    simulator.fault("GET /me/mailFolders/*", status=500, times=1)
    measured = sized(graph, tree.folders)
    assert sum(folder.size is None for folder in measured) == 1


def test_without_any_size_it_is_a_problem(graph: Graph, simulator: Simulator) -> None:
    tree = read_tree(graph)
    simulator.fault("GET /me/mailFolders/*", status=503, headers={"Retry-After": "60"})
    with pytest.raises(errors.Unavailable):
        sized(graph, tree.folders)
    assert sized(graph, []) == ()


@pytest.mark.parametrize(
    ("properties", "size"),
    [
        ([{"id": "Long 0xe08", "value": "33501302784"}], 33501302784),
        ([{"id": "Integer 0x666e", "value": "1"}, {"id": "long 0x0E08", "value": "0"}], 0),
        ([{"id": "Long 0xe08", "value": "-1"}], None),
        ([{"id": "Long", "value": "1"}, "x"], None),
        ([], None),
        (None, None),
        ("x", None),
    ],
)
def test_a_size_is_text_under_a_normalised_id(properties: Any, size: int | None) -> None:
    assert size_of({"singleValueExtendedProperties": properties}) == size


def test_rows_of_a_listing_are_read_one_by_one() -> None:
    row = {"id": "1", "displayName": "授業", "parentFolderId": "0", "totalItemCount": 3, "isHidden": True}
    assert folder_of(row, {"1": FolderRole.ARCHIVE}) == Folder(
        "1", "授業", "0", 3, None, FolderRole.ARCHIVE, hidden=True
    )
    search = folder_of({"id": "2", "@odata.type": "#microsoft.graph.mailSearchFolder"}, {})
    assert search
    assert search.search
    assert folder_of({"id": "3", "@removed": {"reason": "deleted"}}, {}) is None
    assert folder_of({"displayName": "no id"}, {}) is None
