"""Mail folders, read: https://learn.microsoft.com/graph/api/resources/mailfolder"""

from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpResponse

from m365_simulator.graph import errors
from m365_simulator.graph.call import Call
from m365_simulator.graph.folder_rows import PAGE, FolderRow
from m365_simulator.graph.listing import answer_count, answer_list, answer_one
from m365_simulator.graph.odata.options import read_options_of_many, read_options_of_one
from m365_simulator.graph.vocabulary import MAIL_FOLDER
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.folders import WELL_KNOWN, Folder
from m365_simulator.mailbox.mailbox import Mailbox


def find_folder(mailbox: Mailbox, wanted: str) -> Folder:
    """A folder by id or well-known name. Raises GraphError (400, 404)."""
    if wanted.casefold() in WELL_KNOWN:
        return _well_known(mailbox, wanted.casefold())
    if not ids.is_item(wanted):
        raise errors.malformed_id()
    if wanted not in mailbox.folders:
        raise errors.item_not_found()
    return mailbox.folders[wanted]


def _well_known(mailbox: Mailbox, role: str) -> Folder:
    try:
        return mailbox.folder(role)
    except KeyError:
        raise errors.item_not_found() from None


def find_named_folder(call: Call) -> Folder:
    """The folder that the path names. Raises GraphError (400, 404)."""
    return find_folder(call.mailbox, call.ids["folder"])


def index(call: Call) -> HttpResponse:
    """The children of msgfolderroot, hidden ones on request."""
    return _children(call, call.mailbox.top, "mailFolders")


def children(call: Call) -> HttpResponse:
    parent = find_named_folder(call)
    return _children(call, parent, f"{folder_path(parent)}/childFolders")


def count(call: Call) -> HttpResponse:
    """`…/$count`, of the top or of a folder's children."""
    parent = find_named_folder(call) if "folder" in call.ids else call.mailbox.top
    asked = read_options_of_many(call.request.GET, MAIL_FOLDER)
    return answer_count(_held(call, parent), lambda folder: FolderRow(call.mailbox, folder), asked)


def _children(call: Call, parent: Folder, shown: str) -> HttpResponse:
    asked = read_options_of_many(call.request.GET, MAIL_FOLDER)
    held = _held(call, parent)
    return answer_list(call, held, lambda folder: FolderRow(call.mailbox, folder), asked, size=PAGE, path=shown)


def _held(call: Call, parent: Folder) -> Sequence[Folder]:
    every = call.query.get("includeHiddenFolders", "").casefold() == "true"
    return call.mailbox.children(parent.id) if every else call.mailbox.visible(parent.id)


def detail(call: Call) -> HttpResponse:
    return answer_folder(call, find_named_folder(call))


def answer_folder(call: Call, folder: Folder, status: int = 200) -> HttpResponse:
    """One folder, after a change, too."""
    asked = read_options_of_one(call.request.GET, MAIL_FOLDER)
    return answer_one(call, FolderRow(call.mailbox, folder), asked, "mailFolders", status)


def folder_path(folder: Folder) -> str:
    return f"mailFolders('{quote(folder.id, safe='')}')"
