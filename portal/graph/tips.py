"""Mail tips: Microsoft's own word on whether a mailbox is full.

https://learn.microsoft.com/graph/api/user-getmailtips
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.graph.client import Read, list_members
from portal.graph.errors import GraphProblem
from portal.graph.wire import Json


@dataclass(frozen=True)
class Tips:
    """`full`: it takes no more mail. `max_message`: the largest message it takes, in bytes. None is not known."""

    full: bool | None = None
    max_message: int | None = None


def tips_read(address: str) -> Read:
    """The request for the tips on the mailbox of `address`."""
    body = {"EmailAddresses": [address], "MailTipsOptions": "mailboxFullStatus, maxMessageSize"}
    return Read("/me/getMailTips", body=body)


def tips_of(answer: Json | GraphProblem) -> Tips:
    """The tips in the answer. Raises GraphProblem; an address unknown to Microsoft gives tips that say nothing."""
    if isinstance(answer, GraphProblem):
        raise answer
    row = next(iter(list_members(answer) or []), {})
    full, largest = row.get("mailboxFull"), row.get("maxMessageSize")
    return Tips(full if isinstance(full, bool) else None, largest if type(largest) is int else None)
