"""One thing to ask of both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from live.shape import Shape
from live.side import Side

# What nobody could find in Microsoft's documentation; the simulator's switches follow a guess.
POINTS = {
    1: "what /me/settings/storage/quota says to a work account",
    2: "mailFolder.sizeInBytes, unasked and with $select",
    3: "the limits 0x666E, 0x666A and 0x3FF5 on the root and on msgfolderroot",
    4: "the size 0x0E08 on a list of folders and on childFolders",
    5: "where a deleted message goes, from the Inbox and from Deleted Items",
    6: "the error code of each bad rule; null and {} in a PATCH",
    7: "a rule without isEnabled; its sequence; two rules with one sequence",
    8: "changing and deleting a read-only rule",
    9: "whether a rule written by Graph costs the rules that only Outlook knows",
    10: "a well-known name in moveToFolder; the longest name of a rule",
    11: "rules on a page",
    12: "the error code of messageRules without the scope",
    13: "Entra's errors and their numbers",
    14: "new Outlook with IMAP and OAuth, Thunderbird with Graph, portal.microsoftonline.com",
}
BY_HAND = {
    9: "In Outlook for Windows make a rule 'on this computer only', change another rule here, look whether it stays.",
    14: "Set each program up by its guide; open the address in a browser.",
}


class NotTried(Exception):
    """Says in one sentence what would be needed."""


@dataclass(frozen=True)
class Question:
    """`point` is one of POINTS, 0 for what is documented. `ask` raises NotTried.

    Below the paths in `free` mailboxes differ by what they hold.
    """

    point: int
    name: str
    ask: Callable[[Side], Shape]
    free: tuple[str, ...] = ()
