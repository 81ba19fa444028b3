"""How full a mailbox is: the sizes of its folders, and Microsoft's own word on whether it is full (mail tips).

https://learn.microsoft.com/graph/api/user-getmailtips
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.graph.client import Graph, Read, list_members, quote_id
from portal.graph.errors import GraphProblem, catch_problem
from portal.graph.folders import TREE_READS, decode_count, decode_tree
from portal.graph.wire import Json
from portal.mailbox.folders import Folder, FolderRole, add_up_sizes
from portal.mailbox.quota import Usage, sort_by_size

# PidTagMessageSizeExtended, in bytes:
# https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtagmessagesizeextended-canonical-property
_SIZE_TAG = ("long", 0x0E08)
_WITH_SIZE = "$select=id,totalItemCount&$expand=singleValueExtendedProperties($filter=id%20eq%20'Long%200x0E08')"
RECOVERABLE = Read(f"/me/mailFolders/{FolderRole.RECOVERABLE.value}?{_WITH_SIZE}")


@dataclass(frozen=True)
class Tips:
    """`full`: it takes no more mail. `max_message`: the largest message it takes, in bytes. None is not known."""

    full: bool | None = None
    max_message: int | None = None


def read_usage(graph: Graph, address: str, usual_limit: int | None) -> Usage:
    """How full the mailbox of `address` is, in two round trips. `usual_limit` is in bytes.

    Raises GraphProblem when the folders, or all of their sizes, cannot be read.
    """
    tips, recoverable, *folders = graph.batch([make_tips_read(address), RECOVERABLE, *TREE_READS])
    tree = decode_tree(graph, folders)
    own_quota = None if isinstance(recoverable, GraphProblem) else recoverable.get("id")
    measured = measure_folders(graph, [folder for folder in tree if folder.id != own_quota])
    known_tips = catch_problem(lambda: decode_tips(tips))
    return Usage(
        used=add_up_sizes(measured),
        limit=usual_limit,
        full=None if isinstance(known_tips, GraphProblem) else known_tips.full,
        folders=sort_by_size(measured),
        recoverable=None if isinstance(recoverable, GraphProblem) else decode_size(recoverable),
        unmeasured=sum(folder.size is None for folder in measured),
    )


def make_tips_read(address: str) -> Read:
    """The request for the tips on the mailbox of `address`."""
    body = {"EmailAddresses": [address], "MailTipsOptions": "mailboxFullStatus, maxMessageSize"}
    return Read("/me/getMailTips", body=body)


def decode_tips(answer: Json | GraphProblem) -> Tips:
    """The tips in the answer. Raises GraphProblem; an address unknown to Microsoft gives tips that say nothing."""
    if isinstance(answer, GraphProblem):
        raise answer
    row = next(iter(list_members(answer) or []), {})
    full, largest = row.get("mailboxFull"), row.get("maxMessageSize")
    return Tips(full if isinstance(full, bool) else None, largest if type(largest) is int else None)


def measure_folders(graph: Graph, folders: Sequence[Folder]) -> tuple[Folder, ...]:
    """The folders with their sizes and counts, in one round trip; size None where it could not be read.

    Raises the first GraphProblem when none could be read at all.
    """
    answers = graph.batch([Read(f"/me/mailFolders/{quote_id(folder.id)}?{_WITH_SIZE}") for folder in folders])
    problems = [answer for answer in answers if isinstance(answer, GraphProblem)]
    if problems and len(problems) == len(answers):
        raise problems[0]
    return tuple(_add_size(folder, answer) for folder, answer in zip(folders, answers, strict=True))


def _add_size(folder: Folder, answer: Json | GraphProblem) -> Folder:
    if isinstance(answer, GraphProblem):
        return folder
    items = decode_count(answer.get("totalItemCount"))
    return replace(folder, size=decode_size(answer), items=folder.items if items is None else items)


def decode_size(row: Json) -> int | None:
    """Bytes of a folder's own messages. The property's id comes back normalised ("Long 0xe08"), its value as text."""
    properties = row.get("singleValueExtendedProperties")
    for found in properties if isinstance(properties, list) else []:
        if isinstance(found, dict) and _decode_tag(found.get("id")) == _SIZE_TAG:
            value = str(found.get("value"))
            return int(value) if value.isascii() and value.isdigit() else None
    return None


def _decode_tag(identifier: object) -> tuple[str, int] | None:
    """A property's type and number, whatever their spelling."""
    kind, _, number = str(identifier).partition(" ")
    try:
        return kind.lower(), int(number, 16)
    except ValueError:
        return None
