"""Mail folders, changed: https://learn.microsoft.com/graph/api/resources/mailfolder"""

from typing import Any

from django.http import HttpResponse

from m365_simulator import switches
from m365_simulator.graph import errors, extended_properties, search_folders
from m365_simulator.graph.body import read_members
from m365_simulator.graph.call import Call
from m365_simulator.graph.folders import answer_folder, find_folder, find_named_folder
from m365_simulator.graph.message_changes import destination
from m365_simulator.graph.vocabulary import EXTENDED, SEARCH_FOLDER
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import Mailbox

NAME_LIMIT = 255
# https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
DEEPEST = 300


def create(call: Call) -> HttpResponse:
    """A new folder at the top: https://learn.microsoft.com/graph/api/user-post-mailfolders"""
    return _created(call, call.mailbox.top)


def create_child(call: Call) -> HttpResponse:
    return _created(call, find_named_folder(call))


def _created(call: Call, parent: Folder) -> HttpResponse:
    """`@odata.type` mailSearchFolder makes a search folder."""
    body = call.body()
    searching = str(body.get("@odata.type", "")).removeprefix("#") == SEARCH_FOLDER.name
    given, written = _read(body, searching=searching)
    name = _free_name(call.mailbox, parent, given.get("displayName"))
    _room_below(call.mailbox, parent, 1)
    more = _searching(call.mailbox, given) if searching else {}
    made = call.mailbox.add_folder(name, parent.id, hidden=bool(given.get("isHidden")), search=searching, **more)
    made.properties = written or None
    return answer_folder(call, made, 201)


def _read(body: dict[str, Any], *, searching: bool) -> tuple[dict[str, Any], dict[str, str]]:
    kind = "mailSearchFolder" if searching else "mailFolder"
    given = read_members({name: value for name, value in body.items() if name != EXTENDED}, kind)
    return given, extended_properties.read_properties(body[EXTENDED]) if EXTENDED in body else {}


def _searching(mailbox: Mailbox, given: dict[str, Any]) -> dict[str, Any]:
    """What a search folder is told to look for, and where; every source must be there. Raises GraphError."""
    made: dict[str, Any] = {}
    if given.get("filterQuery"):
        made["query"] = search_folders.parse_query(given["filterQuery"]).text
    if given.get("sourceFolderIds") is not None:
        made["sources"] = tuple(find_folder(mailbox, source).id for source in given["sourceFolderIds"])
    if given.get("includeNestedFolders") is not None:
        made["nested"] = given["includeNestedFolders"]
    return made


def update(call: Call) -> HttpResponse:
    """A new name, or a new search; nothing when a part is refused."""
    folder = find_named_folder(call)
    given, written = _read(call.body(), searching=folder.search)
    name = folder.name
    if "displayName" in given and given["displayName"] != folder.name:
        name = _new_name(call.mailbox, folder, given["displayName"])
    searching = _searching(call.mailbox, given) if folder.search else {}
    for member, value in searching.items():
        setattr(folder, member, value)
    folder.name = name
    folder.properties = {**(folder.properties or {}), **written} or None
    folder.version = call.mailbox.step()
    return answer_folder(call, folder)


def _new_name(mailbox: Mailbox, folder: Folder, name: Any) -> str:
    if _kept(mailbox, folder):
        raise errors.bad_request("The folder cannot be renamed.", str(switches.value("rename_default_code")))
    if isinstance(name, str) and name.casefold() == folder.name.casefold():
        return name
    return _free_name(mailbox, mailbox.folders[folder.parent], name)


def _kept(mailbox: Mailbox, folder: Folder) -> bool:
    """Whether Exchange made it."""
    return bool(folder.role) or folder is mailbox.root


def _free_name(mailbox: Mailbox, parent: Folder, name: object) -> str:
    """Names are compared without case."""
    if not isinstance(name, str) or not name.strip() or len(name) > NAME_LIMIT:
        raise errors.bad_request("The folder name is not valid.", "ErrorInvalidRequest")
    if _taken(mailbox, parent, name):
        raise errors.folder_exists()
    return name


def _taken(mailbox: Mailbox, parent: Folder, name: str) -> bool:
    return name.casefold() in (folder.name.casefold() for folder in mailbox.children(parent.id))


def move(call: Call) -> HttpResponse:
    """Its id stays: https://learn.microsoft.com/graph/api/mailfolder-move"""
    folder, target = find_named_folder(call), destination(call)
    if _kept(call.mailbox, folder):
        raise errors.distinguished("Move", "Cannot move distinguished folder.")
    _fits(call.mailbox, folder, target)
    if folder.parent != target.id:
        _free_name(call.mailbox, target, folder.name)
    call.mailbox.move_folder(folder, target)
    return answer_folder(call, folder)


def copy(call: Call) -> HttpResponse:
    folder, target = find_named_folder(call), destination(call)
    _fits(call.mailbox, folder, target)
    _free_name(call.mailbox, target, folder.name)
    inside = (folder, *call.mailbox.tree(folder.id))
    if not call.mailbox.has_room(sum(call.mailbox.size(it) for it in inside)):
        raise errors.quota_exceeded()
    return answer_folder(call, call.mailbox.copy_folder(folder, target))


def _fits(mailbox: Mailbox, folder: Folder, target: Folder) -> None:
    """Not into itself, and not too deep. Raises GraphError (400)."""
    if mailbox.holds(folder, target):
        raise errors.move_copy_failed()
    below = (it for it in mailbox.tree(folder.id) if not mailbox.children(it.id))
    levels = max((mailbox.depth(it) - mailbox.depth(folder) for it in below), default=0)
    _room_below(mailbox, target, levels + 1)


def _room_below(mailbox: Mailbox, parent: Folder, levels: int) -> None:
    if mailbox.depth(parent) + levels > DEEPEST:
        raise errors.bad_request("The folder hierarchy is too deep.", "ErrorFolderSaveFailed")


def delete(call: Call) -> HttpResponse:
    """Into Deleted Items, and from there for good; where to is not documented (switch).

    https://github.com/littlebearapps/outlook-assistant/issues/218
    """
    folder, mailbox = _deletable(call), call.mailbox
    trash = mailbox.folder("deleteditems")
    if switches.value("deleted_folder") == "gone" or mailbox.holds(trash, folder) or folder.search:
        mailbox.remove_folder(folder)
        return HttpResponse(status=204)
    number, name = 1, folder.name
    while _taken(mailbox, trash, folder.name):
        folder.name, number = f"{name}{number}", number + 1
    mailbox.move_folder(folder, trash)
    return HttpResponse(status=204)


def permanent_delete(call: Call) -> HttpResponse:
    """With all that lies in it: https://learn.microsoft.com/graph/api/mailfolder-permanentdelete"""
    call.mailbox.remove_folder(_deletable(call))
    return HttpResponse(status=204)


def _deletable(call: Call) -> Folder:
    folder = find_named_folder(call)
    if _kept(call.mailbox, folder):
        raise errors.distinguished("Delete", "Distinguished folders cannot be deleted.")
    return folder
