"""Mail folders: the whole tree in one listing, their roles, their sizes.

https://learn.microsoft.com/graph/api/mailfolder-delta · https://learn.microsoft.com/graph/api/resources/mailfolder
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portal.graph.client import Graph, Read, quote_id
from portal.graph.errors import GraphProblem
from portal.graph.wire import Json
from portal.mailbox.folders import Folder, FolderRole, Tree

# The listing of changes gives nested folders too, which /me/mailFolders does not.
TREE = Read(
    "/me/mailFolders/delta?$select=displayName,parentFolderId,totalItemCount,isHidden",
    prefer="odata.maxpagesize=200",
)
ROLES = tuple(role for role in FolderRole if role is not FolderRole.RECOVERABLE)
# v1.0 gives no role with a folder, so each is asked for by its well-known name.
TREE_READS = (TREE, *(Read(f"/me/mailFolders/{role.value}?$select=id") for role in ROLES))

# PidTagMessageSizeExtended, in bytes:
# https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtagmessagesizeextended-canonical-property
_SIZE_TAG = ("long", 0x0E08)
_WITH_SIZE = "$select=id,totalItemCount&$expand=singleValueExtendedProperties($filter=id%20eq%20'Long%200x0E08')"
RECOVERABLE = Read(f"/me/mailFolders/{FolderRole.RECOVERABLE.value}?{_WITH_SIZE}")


def read_tree(graph: Graph) -> Tree:
    """All folders with their roles; one wave. Raises GraphProblem."""
    return tree_of(graph, graph.batch(TREE_READS))


def tree_of(graph: Graph, answers: Sequence[Json | GraphProblem]) -> Tree:
    """The tree in the answers to TREE_READS; further pages are followed. Raises GraphProblem.

    A folder that the mailbox does not have (an archive, say) merely leaves its role unfilled.
    """
    listing, *by_role = answers
    return _tree(graph, listing, {_id(answer): role for role, answer in zip(ROLES, by_role, strict=True)})


def names_of(graph: Graph, listing: Json | GraphProblem) -> Tree:
    """The tree in the answer to TREE alone: names without roles. Raises GraphProblem."""
    return _tree(graph, listing, {})


def _tree(graph: Graph, listing: Json | GraphProblem, roles: Mapping[str, FolderRole]) -> Tree:
    if isinstance(listing, GraphProblem):
        raise listing
    rows = graph.follow_pages(listing, TREE.prefer)
    return Tree(tuple(folder for row in rows if (folder := folder_of(row, roles)) and not folder.search))


def folder_of(row: Json, roles: Mapping[str, FolderRole]) -> Folder | None:
    """The folder in a row of a listing; None for one that is gone."""
    if not isinstance(row.get("id"), str) or "@removed" in row:
        return None
    return Folder(
        id=row["id"],
        name=str(row.get("displayName") or ""),
        parent_id=row.get("parentFolderId") or None,
        items=_whole(row.get("totalItemCount")),
        role=roles.get(row["id"]),
        hidden=row.get("isHidden") is True,
        search=str(row.get("@odata.type", "")).endswith("mailSearchFolder"),
    )


def sized(graph: Graph, folders: Sequence[Folder]) -> tuple[Folder, ...]:
    """The folders with their sizes and counts; size None where it could not be read. One wave.

    Raises the first GraphProblem when none could be read at all.
    """
    answers = graph.batch([Read(f"/me/mailFolders/{quote_id(folder.id)}?{_WITH_SIZE}") for folder in folders])
    problems = [answer for answer in answers if isinstance(answer, GraphProblem)]
    if problems and len(problems) == len(answers):
        raise problems[0]
    return tuple(_measured(folder, answer) for folder, answer in zip(folders, answers, strict=True))


def size_of(row: Json) -> int | None:
    """Bytes of a folder's own messages. The property's id comes back normalised ("Long 0xe08"), its value as text."""
    properties = row.get("singleValueExtendedProperties")
    for found in properties if isinstance(properties, list) else []:
        if isinstance(found, dict) and _tag(found.get("id")) == _SIZE_TAG:
            value = str(found.get("value"))
            return int(value) if value.isascii() and value.isdigit() else None
    return None


def _measured(folder: Folder, answer: Json | GraphProblem) -> Folder:
    if isinstance(answer, GraphProblem):
        return folder
    items = _whole(answer.get("totalItemCount"))
    return replace(folder, size=size_of(answer), items=folder.items if items is None else items)


def _tag(identifier: object) -> tuple[str, int] | None:
    kind, _, number = str(identifier).partition(" ")
    try:
        return kind.lower(), int(number, 16)
    except ValueError:
        return None


def _id(answer: Json | GraphProblem) -> str:
    return "" if isinstance(answer, GraphProblem) else str(answer.get("id") or "")


def _whole(raw: object) -> int | None:
    return raw if type(raw) is int else None
