"""A mail folder as Graph writes it.

`Long 0x0E08` is the size of the folder's own messages in bytes, always as a string and
under a normalised id:
https://learn.microsoft.com/office/client-developer/outlook/mapi/pidtagmessagesizeextended-canonical-property
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from m365_simulator import switches
from m365_simulator.graph import extended_properties, search_folders
from m365_simulator.graph.odata.options import Options
from m365_simulator.graph.odata.order import sort_rows
from m365_simulator.graph.odata.writing import write_row
from m365_simulator.graph.vocabulary import MAIL_FOLDER, SEARCH_FOLDER, Entity
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import Mailbox

PAGE = 10


@dataclass(frozen=True)
class FolderRow:
    mailbox: Mailbox
    folder: Folder

    @property
    def entity(self) -> Entity:
        """A search folder has more properties."""
        return SEARCH_FOLDER if self.folder.search else MAIL_FOLDER

    def value(self, name: str) -> Any:
        return FACTS[name](self.mailbox, self.folder)

    def annotations(self) -> dict[str, Any]:
        return {"@odata.type": f"#{SEARCH_FOLDER.name}"} if self.folder.search else {}

    def undeclared(self) -> dict[str, Any]:
        """A folder's size comes in some tenants, although no type declares it (switch)."""
        how = switches.value("folder_size_in_bytes")
        if how == "absent":
            return {}
        return {"sizeInBytes": size(self.mailbox, self.folder) if how == "number" else None}

    def extended(self, ids: Sequence[str]) -> list[dict[str, str]]:
        values = {name: self._store_value(name) for name in STORE}
        return extended_properties.find_properties(ids, values, self.folder.properties)

    def _store_value(self, name: str) -> Callable[[], Any]:
        return lambda: STORE[name](self.mailbox, self.folder)

    def expanded(self, name: str, asked: Options) -> Any:
        return children(self.mailbox, self.folder, asked) if name == "childFolders" else None


def children(mailbox: Mailbox, folder: Folder, asked: Options) -> list[dict[str, Any]]:
    """An expanded collection, cut at a page without a nextLink."""
    rows: Sequence[FolderRow] = [FolderRow(mailbox, child) for child in mailbox.visible(folder.id)]
    passing = [row for row in rows if asked.filter is None or asked.filter.test(row)]
    rows = sort_rows(passing, asked.orderby, lambda row: row)
    return [write_row(row, asked) for row in rows[asked.skip : asked.skip + (asked.top or PAGE)]]


def size(mailbox: Mailbox, folder: Folder) -> int:
    if folder is mailbox.root:
        return mailbox.used
    found = search_folders.find_messages(mailbox, folder) if folder.search else ()
    return mailbox.size(folder) + sum(message.content.size for message in found)


def items(mailbox: Mailbox, folder: Folder) -> int:
    found = search_folders.find_messages(mailbox, folder) if folder.search else ()
    return mailbox.items(folder) + len(found)


def unread(mailbox: Mailbox, folder: Folder) -> int:
    found = search_folders.find_messages(mailbox, folder) if folder.search else ()
    return mailbox.unread(folder) + sum(not message.is_read for message in found)


def limit(mailbox: Mailbox, folder: Folder) -> int | None:
    """The store's limits in KB; they live on the store, not on a folder, and some servers show them on the root.

    https://blogs.msdn.microsoft.com/stephen_griffin/2012/04/17/cached-mode-quotas/
    """
    return mailbox.quota // 1024 if folder is mailbox.root and switches.value("quota_properties") else None


Fact = Callable[[Mailbox, Folder], Any]
FACTS: dict[str, Fact] = {
    "id": lambda mailbox, folder: folder.id,
    "displayName": lambda mailbox, folder: folder.name,
    "parentFolderId": lambda mailbox, folder: folder.parent or folder.id,
    "childFolderCount": lambda mailbox, folder: len(mailbox.visible(folder.id)),
    "unreadItemCount": unread,
    "totalItemCount": items,
    "isHidden": lambda mailbox, folder: folder.hidden,
    "isSupported": lambda mailbox, folder: True,
    "includeNestedFolders": lambda mailbox, folder: folder.nested,
    "sourceFolderIds": lambda mailbox, folder: list(folder.sources) or [mailbox.top.id],
    "filterQuery": lambda mailbox, folder: folder.query,
}
STORE: dict[str, Fact] = {
    "Long 0xe08": size,
    "Integer 0x666e": limit,
    "Integer 0x666a": limit,
    "Integer 0x3ff5": limit,
    "String 0x3001": lambda mailbox, folder: folder.name,
    "Integer 0x3602": items,
    "Integer 0x3603": unread,
    "String 0x3613": lambda mailbox, folder: "IPF.Note",
    "Boolean 0x10f4": lambda mailbox, folder: folder.hidden,
}
