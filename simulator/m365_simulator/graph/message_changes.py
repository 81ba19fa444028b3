"""Messages, changed: https://learn.microsoft.com/graph/api/message-update and its neighbours."""

from typing import Any

from django.http import HttpResponse

from m365_simulator import switches
from m365_simulator.graph import drafts, errors, extended_properties
from m365_simulator.graph.body import read_members
from m365_simulator.graph.call import Call
from m365_simulator.graph.folders import find_folder
from m365_simulator.graph.messages import find_message, shown
from m365_simulator.graph.vocabulary import EXTENDED, MESSAGE
from m365_simulator.mail.message import Content
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.mailbox.messages import Message

ALWAYS = ("categories", "flag", "importance", "inferenceClassification", "isRead")
IGNORED = ("id", "changeKey", "parentFolderId")


def update(call: Call) -> HttpResponse:
    """All of it, or nothing when a part is refused."""
    message, body = find_message(call), call.body()
    wanted = {name: value for name, value in body.items() if name != EXTENDED}
    given = {name: value for name, value in read_members(wanted, "message").items() if name not in IGNORED}
    written = extended_properties.read_properties(body[EXTENDED]) if EXTENDED in body else {}
    content = _redrafted(message, {name: value for name, value in given.items() if name not in ALWAYS})
    _set(call.mailbox, message, given)
    message.properties = {**(message.properties or {}), **written} or None
    if content is not None:
        call.mailbox.messages_in(message.folder).replace_content(message, content)
    call.mailbox.touch(message)
    return shown(call, message)


def _redrafted(message: Message, given: dict[str, Any]) -> Content | None:
    """What a draft becomes; nothing else takes these read_members. Raises GraphError (400)."""
    if not given:
        return None
    if any(name not in drafts.MEMBERS for name in given):
        raise errors.bad_request("Set action is invalid for property.", "ErrorInvalidPropertySet")
    if not message.is_draft:
        text = "Update operation is invalid for property of a sent message."
        raise errors.bad_request(text, "ErrorInvalidPropertyUpdateSentMessage")
    return drafts.compose_draft({**drafts.read_draft(message), **given})


def _set(mailbox: Mailbox, message: Message, given: dict[str, Any]) -> None:
    """`null` puts a member back to what it was at first."""
    if "isRead" in given:
        mailbox.messages_in(message.folder).mark(message, bool(given["isRead"]))
    if "categories" in given:
        message.categories = list(dict.fromkeys(word for word in given["categories"] or () if word))
    if "importance" in given:
        message.importance = given["importance"] or "normal"
    if "inferenceClassification" in given:
        message.inference = given["inferenceClassification"] or "focused"
    if "flag" in given:
        message.flag = _flag(given["flag"])


def _flag(given: dict[str, Any] | None) -> dict[str, Any] | None:
    set_members = {name: value for name, value in (given or {}).items() if value is not None}
    return set_members if set_members.get("flagStatus", "notFlagged") != "notFlagged" else None


def move(call: Call) -> HttpResponse:
    """It gets another id: https://learn.microsoft.com/graph/api/message-move"""
    message, target = find_message(call), destination(call)
    call.mailbox.move_message(message, target.id)
    return _at_new_place(call, message)


def copy(call: Call) -> HttpResponse:
    message, target = find_message(call), destination(call)
    if not call.mailbox.has_room(message.content.size):
        raise errors.quota_exceeded()
    return _at_new_place(call, call.mailbox.copy_message(message, target.id))


def _at_new_place(call: Call, message: Message) -> HttpResponse:
    """An action's answer names its type: https://learn.microsoft.com/graph/api/message-move"""
    return shown(call, message, 201, MESSAGE.name)


def destination(call: Call) -> Folder:
    """`{"destinationId": …}`, in any case. Raises GraphError (400, 404)."""
    given = call.arguments("destinationId")
    wanted = given.get("destinationId")
    if not isinstance(wanted, str) or not wanted:
        raise errors.bad_request("The destination folder is missing.", "ErrorInvalidArgument")
    folder = find_folder(call.mailbox, wanted)
    if folder.search:
        raise errors.move_copy_failed()
    return folder


def delete(call: Call) -> HttpResponse:
    """To Deleted Items, and from there to Recoverable Items; where to is not documented (switch).

    https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/285
    """
    message, mailbox = find_message(call), call.mailbox
    trash, recoverable = mailbox.folder("deleteditems"), mailbox.folder("recoverableitemsdeletions")
    if message.folder == recoverable.id:
        raise errors.bad_request("Object cannot be deleted.", "ErrorCannotDeleteObject")
    at_once = switches.value("deleted_message") == "recoverable"
    in_trash = mailbox.holds(trash, mailbox.folders[message.folder])
    mailbox.move_message(message, (recoverable if at_once or in_trash else trash).id)
    return HttpResponse(status=204)


def permanent_delete(call: Call) -> HttpResponse:
    """To Purges, which nobody sees: https://learn.microsoft.com/graph/api/message-permanentdelete"""
    call.mailbox.remove_message(find_message(call))
    return HttpResponse(status=204)
