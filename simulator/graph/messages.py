"""Messages, read only: https://learn.microsoft.com/graph/api/resources/message"""

from collections.abc import Sequence

from django.http import HttpResponse

from simulator import ids
from simulator.graph import errors
from simulator.graph.call import Call, answer
from simulator.graph.folders import find
from simulator.graph.message_rows import row
from simulator.graph.odata import filtered, options
from simulator.graph.paging import page
from simulator.graph.vocabulary import MESSAGE
from simulator.shelf import Message

PAGE = 10
ORDERS = {"receivedDateTime", "receivedDateTime asc", "receivedDateTime desc"}


def index(call: Call) -> HttpResponse:
    """All messages of the mailbox, the newest first."""
    return _listed(call, call.mailbox.everything(), "messages")


def of_folder(call: Call) -> HttpResponse:
    folder = find(call.mailbox, call.ids["folder"])
    context = f"mailFolders('{folder.id}')/messages"
    return _listed(call, call.mailbox.stored(folder.id), context)


def _listed(call: Call, held: Sequence[Message], context: str) -> HttpResponse:
    asked = options(call.query, MESSAGE)
    if asked.orderby and asked.orderby not in ORDERS:
        raise errors.bad_request("The sort order is not supported.", "ErrorInvalidUrlQuery")
    if asked.orderby and not asked.orderby.endswith("desc"):
        held = held[::-1]
    rows = [row(message, asked, immutable(call)) for message in held]
    return answer(page(call, filtered(rows, asked.filter, MESSAGE), asked, PAGE, context))


def detail(call: Call) -> HttpResponse:
    wanted = call.ids["message"]
    if not ids.is_item(wanted):
        raise errors.malformed_id()
    found = call.mailbox.message(wanted)
    if found is None or not _in_folder(call, found.folder):
        raise errors.item_not_found()
    asked = options(call.query, MESSAGE)
    context = {"@odata.context": call.context("messages/$entity")}
    return answer({**context, **row(found, asked, immutable(call))})


def _in_folder(call: Call, held: str) -> bool:
    wanted = call.ids.get("folder")
    return wanted is None or find(call.mailbox, wanted).id == held


def immutable(call: Call) -> bool:
    """https://learn.microsoft.com/graph/outlook-immutable-id"""
    return "immutableid" in call.request.headers.get("Prefer", "").casefold()
