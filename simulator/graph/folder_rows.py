"""A mail folder as Graph writes it.

`Long 0x0E08` is the size of the folder's own messages in bytes, always as a string and
under a normalised id:
https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtagmessagesizeextended-canonical-property
"""

from typing import Any

from simulator import switches
from simulator.folder import Folder
from simulator.graph.errors import bad_request
from simulator.graph.odata import Options, filtered, property_ids
from simulator.graph.vocabulary import MAIL_FOLDER
from simulator.mailbox import Mailbox

SIZE = ("long", 0x0E08)
# the last numbers of the store's limits, in KB; they live on the store, not on a folder:
# https://blogs.msdn.microsoft.com/stephen_griffin/2012/04/17/cached-mode-quotas/
LIMITS = {("integer", 0x666E), ("integer", 0x666A), ("integer", 0x3FF5)}
PAGE = 10
SEARCH = {
    "@odata.type": "#microsoft.graph.mailSearchFolder",
    "isSupported": True,
    "includeNestedFolders": True,
    "filterQuery": "isRead eq false",
}


def row(mailbox: Mailbox, folder: Folder, asked: Options) -> dict[str, Any]:
    """The folder with what was selected and expanded."""
    made = asked.pick(facts(mailbox, folder), MAIL_FOLDER)
    if asked.select is None:
        made.update(extras(mailbox, folder))
    if "singleValueExtendedProperties" in asked.expand:
        ids = property_ids(asked.expand["singleValueExtendedProperties"].filter)
        found = [value for value in (extended(mailbox, folder, it) for it in ids) if value]
        made.update({"singleValueExtendedProperties": found} if found else {})
    if "childFolders" in asked.expand:
        made["childFolders"] = children(mailbox, folder, asked.expand["childFolders"])
    return made


def facts(mailbox: Mailbox, folder: Folder) -> dict[str, Any]:
    searching = {"@odata.type": SEARCH["@odata.type"]} if folder.search else {}
    return {
        **searching,
        "id": folder.id,
        "displayName": folder.name,
        "parentFolderId": folder.parent or folder.id,
        "childFolderCount": len(mailbox.visible(folder.id)),
        "unreadItemCount": mailbox.unread(folder),
        "totalItemCount": mailbox.items(folder),
        "isHidden": folder.hidden,
    }


def extras(mailbox: Mailbox, folder: Folder) -> dict[str, Any]:
    """What comes unasked beside the declared properties."""
    made: dict[str, Any] = {}
    how = switches.value("folder_size_in_bytes")
    if how != "absent":
        made["sizeInBytes"] = mailbox.size(folder) if how == "number" else None
    if folder.search:
        made.update(SEARCH, sourceFolderIds=[mailbox.top.id])
    return made


def children(mailbox: Mailbox, folder: Folder, asked: Options) -> list[dict[str, Any]]:
    """An expanded collection, cut at a page without a nextLink."""
    held = mailbox.visible(folder.id)
    rows = [row(mailbox, child, asked) for child in held]
    return filtered(rows, asked.filter, MAIL_FOLDER)[: asked.top or PAGE]


def extended(mailbox: Mailbox, folder: Folder, asked: str) -> dict[str, str] | None:
    """One extended property, None when the folder does not have it. Raises GraphError."""
    kind, number = _parsed(asked)
    value = _value(mailbox, folder, (kind.casefold(), number))
    if value is None:
        return None
    return {"id": f"{kind.capitalize()} 0x{number:x}", "value": str(value)}


def _parsed(asked: str) -> tuple[str, int]:
    kind, _, number = asked.partition(" ")
    try:
        return kind, int(number, 16)
    except ValueError:
        text = f"The property id '{asked}' is malformed."
        raise bad_request(text, "ErrorInvalidUrlQueryFilter") from None


def _value(mailbox: Mailbox, folder: Folder, key: tuple[str, int]) -> int | None:
    if key == SIZE:
        return mailbox.used if folder is mailbox.root else mailbox.size(folder)
    if key in LIMITS and folder is mailbox.root and switches.value("quota_properties"):
        return mailbox.quota // 1024
    return None
