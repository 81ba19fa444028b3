"""Mail folders: https://learn.microsoft.com/graph/api/resources/mailfolder"""

from django.http import HttpResponse

from simulator import ids
from simulator.folder import WELL_KNOWN, Folder
from simulator.graph import errors
from simulator.graph.call import Call, answer
from simulator.graph.folder_rows import PAGE, row
from simulator.graph.odata import Options, filtered, options
from simulator.graph.paging import page
from simulator.graph.vocabulary import MAIL_FOLDER
from simulator.mailbox import Mailbox

NAME_LIMIT = 255


def find(mailbox: Mailbox, wanted: str) -> Folder:
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


def index(call: Call) -> HttpResponse:
    """The children of msgfolderroot, hidden ones on request."""
    return _children(call, call.mailbox.top, "mailFolders")


def children(call: Call) -> HttpResponse:
    parent = find(call.mailbox, call.ids["folder"])
    return _children(call, parent, f"mailFolders('{parent.id}')/childFolders")


def _children(call: Call, parent: Folder, context: str) -> HttpResponse:
    asked = options(call.query, MAIL_FOLDER)
    held = call.mailbox.children(parent.id)
    if call.query.get("includeHiddenFolders", "").casefold() != "true":
        held = call.mailbox.visible(parent.id)
    rows = [row(call.mailbox, folder, asked) for folder in held]
    return answer(page(call, filtered(rows, asked.filter, MAIL_FOLDER), asked, PAGE, context))


def detail(call: Call) -> HttpResponse:
    return _one(call, find(call.mailbox, call.ids["folder"]))


def _one(call: Call, folder: Folder, status: int = 200) -> HttpResponse:
    asked = options(call.query, MAIL_FOLDER) if status == 200 else Options()
    context = {"@odata.context": call.context("mailFolders/$entity")}
    return answer({**context, **row(call.mailbox, folder, asked)}, status)


def create(call: Call) -> HttpResponse:
    """A new folder at the top: https://learn.microsoft.com/graph/api/user-post-mailfolders"""
    return _created(call, call.mailbox.top)


def create_child(call: Call) -> HttpResponse:
    return _created(call, find(call.mailbox, call.ids["folder"]))


def _created(call: Call, parent: Folder) -> HttpResponse:
    body = call.body()
    for member in body:
        if member not in MAIL_FOLDER.properties and "@" not in member:
            raise errors.unknown_property(member, MAIL_FOLDER.name)
    name = _free_name(call.mailbox, parent, body.get("displayName"))
    hidden = body.get("isHidden") is True
    return _one(call, call.mailbox.add_folder(name, parent.id, hidden=hidden), 201)


def _free_name(mailbox: Mailbox, parent: Folder, name: object) -> str:
    """Names are compared without case."""
    if not isinstance(name, str) or not name.strip() or len(name) > NAME_LIMIT:
        raise errors.bad_request("The folder name is not valid.", "ErrorInvalidRequest")
    if name.casefold() in (folder.name.casefold() for folder in mailbox.children(parent.id)):
        raise errors.folder_exists()
    return name
