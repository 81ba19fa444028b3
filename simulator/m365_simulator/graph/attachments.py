"""What is attached to a message: https://learn.microsoft.com/graph/api/message-list-attachments"""

from urllib.parse import quote

from django.http import HttpResponse

from m365_simulator.graph import errors
from m365_simulator.graph.attachment_rows import AttachmentRow, rows
from m365_simulator.graph.call import Call
from m365_simulator.graph.listing import answer_count, answer_list, answer_one
from m365_simulator.graph.messages import find_message
from m365_simulator.graph.odata.options import read_options_of_many, read_options_of_one
from m365_simulator.graph.vocabulary import ATTACHMENT
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.messages import Message

PAGE = 1000


def index(call: Call) -> HttpResponse:
    message, asked = find_message(call), read_options_of_many(call.request.GET, ATTACHMENT)
    return answer_list(call, rows(message), lambda row: row, asked, size=PAGE, path=_path(message))


def count(call: Call) -> HttpResponse:
    return answer_count(rows(find_message(call)), lambda row: row, read_options_of_many(call.request.GET, ATTACHMENT))


def detail(call: Call) -> HttpResponse:
    row = _find(call)
    return answer_one(call, row, read_options_of_one(call.request.GET, ATTACHMENT), _path(row.message))


def raw(call: Call) -> HttpResponse:
    """`…/$value`: the bytes of a file, or an attached message as MIME."""
    row = _find(call)
    kind = "text/plain" if row.held.is_item else row.held.content_type
    return HttpResponse(row.message.content.attached(row.number), content_type=kind)


def _find(call: Call) -> AttachmentRow:
    """Raises GraphError (400, 404)."""
    message, wanted = find_message(call), call.ids["attachment"]
    if not ids.is_attachment(wanted):
        raise errors.malformed_id()
    for row in rows(message):
        if row.value("id") == wanted:
            return row
    raise errors.item_not_found()


def _path(message: Message) -> str:
    return f"messages('{quote(message.id, safe='')}')/attachments"
