"""The tree of mail folders in one listing, and which folder has which role.

https://learn.microsoft.com/graph/api/mailfolder-delta · https://learn.microsoft.com/graph/api/resources/mailfolder
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.graph.client import Graph, Read
from portal.graph.errors import GraphProblem
from portal.graph.wire import Json
from portal.mailbox.folders import Folder, FolderRole, Tree

# The listing of changes gives nested folders too, which /me/mailFolders does not.
LIST_FOLDERS = Read(
    "/me/mailFolders/delta?$select=displayName,parentFolderId,totalItemCount,isHidden",
    prefer="odata.maxpagesize=200",
)
ROLES = tuple(role for role in FolderRole if role is not FolderRole.RECOVERABLE)
# v1.0 gives no role with a folder, so each is asked for by its well-known name.
TREE_READS = (LIST_FOLDERS, *(Read(f"/me/mailFolders/{role.value}?$select=id") for role in ROLES))


def read_tree(graph: Graph) -> Tree:
    """All folders with their roles, in one round trip. Raises GraphProblem."""
    return decode_tree(graph, graph.batch(TREE_READS))


def decode_tree(graph: Graph, answers: Sequence[Json | GraphProblem]) -> Tree:
    """The tree in the answers to TREE_READS; further pages are followed. Raises GraphProblem.

    A folder that the mailbox does not have (an archive, say) merely leaves its role unfilled.
    """
    listing, *by_role = answers
    roles = {_decode_id(answer): role for role, answer in zip(ROLES, by_role, strict=True)}
    return decode_listing(graph, listing, roles)


def decode_listing(graph: Graph, listing: Json | GraphProblem, roles: Mapping[str, FolderRole] | None = None) -> Tree:
    """The tree in the answer to LIST_FOLDERS; further pages are followed. `roles` are by id. Raises GraphProblem."""
    if isinstance(listing, GraphProblem):
        raise listing
    rows = graph.follow_pages(listing, LIST_FOLDERS.prefer)
    folders = (decode_folder(row, roles or {}) for row in rows)
    return Tree(tuple(folder for folder in folders if folder and not folder.search))


def decode_folder(row: Json, roles: Mapping[str, FolderRole]) -> Folder | None:
    """The folder in a row of a listing; None for one that is gone."""
    if not isinstance(row.get("id"), str) or "@removed" in row:
        return None
    return Folder(
        id=row["id"],
        name=str(row.get("displayName") or ""),
        parent_id=row.get("parentFolderId") or None,
        items=decode_count(row.get("totalItemCount")),
        role=roles.get(row["id"]),
        hidden=row.get("isHidden") is True,
        search=str(row.get("@odata.type", "")).endswith("mailSearchFolder"),
    )


def decode_count(raw: object) -> int | None:
    """How many messages are in a folder; None when Microsoft gave no whole number."""
    return raw if type(raw) is int else None


def _decode_id(answer: Json | GraphProblem) -> str:
    return "" if isinstance(answer, GraphProblem) else str(answer.get("id") or "")
