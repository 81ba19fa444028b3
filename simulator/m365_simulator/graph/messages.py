"""Messages, read: https://learn.microsoft.com/graph/api/resources/message"""

import base64
from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse

from m365_simulator.graph import errors, search_folders
from m365_simulator.graph.call import Call
from m365_simulator.graph.folders import find_named_folder, folder_path
from m365_simulator.graph.listing import answer_count, answer_list, answer_one
from m365_simulator.graph.message_rows import MessageRow
from m365_simulator.graph.message_search import search_messages
from m365_simulator.graph.odata.options import read_options_of_many, read_options_of_one
from m365_simulator.graph.odata.order import check_efficient
from m365_simulator.graph.vocabulary import MESSAGE
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.messages import Message

PAGE = 10
WHOLE = ("Mail.Read", "Mail.ReadWrite")


def make_row(call: Call, message: Message) -> MessageRow:
    return MessageRow(message, call.preferences, basic=not call.scopes.intersection(WHOLE))


def index(call: Call) -> HttpResponse:
    """All messages of the mailbox, the newest first; what lies in Recoverable Items is not among them."""
    return _listed(call, call.mailbox.everything(), "messages")


def of_folder(call: Call) -> HttpResponse:
    folder = find_named_folder(call)
    return _listed(call, list_messages(call, folder), f"{folder_path(folder)}/messages")


def list_messages(call: Call, folder: Folder) -> Sequence[Message]:
    return search_folders.find_messages(call.mailbox, folder) if folder.search else call.mailbox.stored(folder.id)


def count(call: Call) -> HttpResponse:
    """`…/$count`, of the mailbox or of a folder."""
    held = list_messages(call, find_named_folder(call)) if "folder" in call.ids else call.mailbox.everything()
    asked = read_options_of_many(call.request.GET, MESSAGE, "$search")
    return answer_count(search_messages(held, asked), lambda message: make_row(call, message), asked)


def _listed(call: Call, held: Sequence[Message], where: str) -> HttpResponse:
    asked = read_options_of_many(call.request.GET, MESSAGE, "$search", "$skiptoken")
    check_efficient(asked.orderby, asked.filter)
    found = search_messages(held, asked)
    more = {"$skiptoken": _token} if asked.search is not None else {"$skip": str}
    start = _offset(asked.token) if asked.token else asked.skip
    page = replace(asked, skip=start, count=asked.count and asked.search is None)
    response = answer_list(call, found, lambda message: make_row(call, message), page, size=PAGE, path=where, more=more)
    return note_preferences(call, response)


def note_preferences(call: Call, response: HttpResponse) -> HttpResponse:
    if call.preferences.applied:
        response["Preference-Applied"] = call.preferences.applied
    return response


def _token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"skip={offset}".encode()).decode()


def _offset(token: str) -> int:
    """Raises GraphError (400)."""
    try:
        return int(base64.urlsafe_b64decode(token.encode("ascii")).decode("ascii").removeprefix("skip="))
    except ValueError:
        raise errors.bad_request("Badly formed token.") from None


def find_message(call: Call) -> Message:
    """The message that the path names, in the folder that it names. Raises GraphError (400, 404)."""
    wanted = call.ids["message"]
    if not ids.is_item(wanted):
        raise errors.malformed_id()
    found = call.mailbox.message(wanted)
    if found is None or ("folder" in call.ids and not _lies_in(call, found, find_named_folder(call))):
        raise errors.item_not_found()
    return found


def _lies_in(call: Call, message: Message, folder: Folder) -> bool:
    return message.folder == folder.id or (folder.search and message in list_messages(call, folder))


def detail(call: Call) -> HttpResponse:
    return shown(call, find_message(call))


def shown(call: Call, message: Message, status: int = 200, type_: str = "") -> HttpResponse:
    """One message, after a change, too."""
    asked = read_options_of_one(call.request.GET, MESSAGE)
    return note_preferences(call, answer_one(call, make_row(call, message), asked, "messages", status, type_))


def mime(call: Call) -> HttpResponse:
    """`…/$value`: the message as it came. https://learn.microsoft.com/graph/outlook-get-mime-message"""
    return HttpResponse(find_message(call).content.raw, content_type="text/plain")
