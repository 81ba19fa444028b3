"""Drafts: made from JSON or MIME, and composed anew with each change.

https://learn.microsoft.com/graph/api/user-post-messages
"""

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

from django.http import HttpResponse

from m365_simulator.graph import errors, extended_properties
from m365_simulator.graph.body import read_members
from m365_simulator.graph.call import Call
from m365_simulator.graph.folders import find_named_folder
from m365_simulator.graph.message_rows import MessageRow, recipient
from m365_simulator.graph.messages import shown
from m365_simulator.graph.rule_values import ADDRESS
from m365_simulator.graph.vocabulary import EXTENDED
from m365_simulator.mail.headers import Address
from m365_simulator.mail.message import Content, parse_message
from m365_simulator.mailbox.messages import Message
from m365_simulator.tenant import TENANT

PEOPLE = {"toRecipients": "To", "ccRecipients": "Cc", "bccRecipients": "Bcc", "replyTo": "Reply-To"}
MEMBERS = (
    "subject",
    "body",
    *PEOPLE,
    "from",
    "sender",
    "internetMessageId",
    "internetMessageHeaders",
    "isReadReceiptRequested",
    "isDeliveryReceiptRequested",
)
MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
HEADER = re.compile(r"[xX]-[!-9;-~]*")


def create(call: Call) -> HttpResponse:
    """A draft in Drafts, or in the folder that the path names."""
    folder = find_named_folder(call) if "folder" in call.ids else call.mailbox.folder("drafts")
    if folder.search:
        raise errors.move_copy_failed()
    mime = call.request.content_type == "text/plain"
    content, more = (_from_mime(call.request.body), {}) if mime else _from_json(call)
    if not call.mailbox.has_room(content.size):
        raise errors.quota_exceeded()
    made = call.mailbox.store(content, folder.id, is_read=True, is_draft=True, **more)
    return shown(call, made, 201)


def _from_mime(body: bytes) -> Content:
    try:
        return parse_message(base64.b64decode(body, validate=True))
    except binascii.Error:
        text = "Invalid base64 string for MIME content."
        raise errors.bad_request(text, "ErrorMimeContentInvalidBase64String") from None


def _from_json(call: Call) -> tuple[Content, dict[str, Any]]:
    body = call.body()
    given = read_members({name: value for name, value in body.items() if name != EXTENDED}, "message")
    writer = recipient(Address(call.person.name, call.person.address))
    content = compose_draft({"from": writer, **{name: given[name] for name in MEMBERS if given.get(name) is not None}})
    more = {"importance": given.get("importance") or "normal", "categories": given.get("categories") or []}
    return content, {
        **more,
        "properties": extended_properties.read_properties(body[EXTENDED]) if EXTENDED in body else None,
    }


def read_draft(message: Message) -> dict[str, Any]:
    """What a draft was made of."""
    row = MessageRow(message)
    kept = {name: row.value(name) for name in MEMBERS if name not in ("body", "internetMessageHeaders")}
    kind, text = ("html", message.content.html) if message.content.html else ("text", message.content.text)
    own = [it for it in row.value("internetMessageHeaders") if HEADER.fullmatch(it["name"])]
    return {**kept, "body": {"contentType": kind, "content": text}, "internetMessageHeaders": own}


def compose_draft(given: dict[str, Any]) -> Content:
    """The message with these read_members of Graph's. Raises GraphError (400)."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _mailboxes([given.get("from") or given.get("sender") or {}])
    for member, header in PEOPLE.items():
        people = _mailboxes(given.get(member) or [])
        if people:
            made[header] = people
    made["Subject"] = " ".join((given.get("subject") or "").split())
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = _message_id(given.get("internetMessageId"))
    _add_own_headers(made, given)
    body = given.get("body") or {}
    subtype = "plain" if body.get("contentType") == "text" else "html"
    made.set_content(body.get("content") or "", subtype=subtype, cte="base64")
    return parse_message(made.as_bytes())


def _mailboxes(people: Sequence[dict[str, Any]]) -> list[Mailbox]:
    """Whoever has no name gets the directory's."""
    made = []
    for person in people:
        given = (person or {}).get("emailAddress") or {}
        address, name = given.get("address"), " ".join((given.get("name") or "").split())
        if address is None and not name:
            continue
        if address is None or not ADDRESS.fullmatch(address):
            raise errors.bad_request("At least one recipient is not valid.", "ErrorInvalidRecipients")
        known = TENANT.person(address)
        shown = name if name != address else ""
        made.append(Mailbox(shown or (known.name if known else ""), addr_spec=address))
    return made


def _message_id(given: str | None) -> str:
    return given if given and MESSAGE_ID.fullmatch(given) else make_msgid(domain="example.ac.jp")


def _add_own_headers(made: EmailMessage, given: dict[str, Any]) -> None:
    sender = str(made["From"] or "")
    for member, header in (
        ("isReadReceiptRequested", "Disposition-Notification-To"),
        ("isDeliveryReceiptRequested", "Return-Receipt-To"),
    ):
        if given.get(member) and sender:
            made[header] = sender
    for entry in given.get("internetMessageHeaders") or ():
        name = str(entry.get("name") or "")
        if not HEADER.fullmatch(name):
            text = f"The internet message header name '{name}' should start with 'x-' or 'X-'."
            raise errors.bad_request(text, "InvalidInternetMessageHeader")
        made[name] = " ".join((entry.get("value") or "").split())
