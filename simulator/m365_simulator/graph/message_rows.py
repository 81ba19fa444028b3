"""A message as Graph writes it. There is no size in v1.0, only the extended property."""

import base64
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses
from typing import Any

from m365_simulator.graph import attachment_rows, extended_properties
from m365_simulator.graph.errors import access_denied
from m365_simulator.graph.odata.options import Options
from m365_simulator.graph.odata.row import ABSENT
from m365_simulator.graph.odata.writing import Bare
from m365_simulator.graph.preferences import NONE, Preferences
from m365_simulator.graph.vocabulary import MESSAGE, Entity
from m365_simulator.mail.headers import Address
from m365_simulator.mailbox.messages import Message

# https://learn.microsoft.com/graph/permissions-reference: what Mail.ReadBasic does not show
NOT_BASIC = ("body", "bodyPreview", "uniqueBody")
PAGE = """<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body>
<div class="PlainText">{}</div>
</body></html>
"""


@dataclass(frozen=True)
class MessageRow(Bare):
    """`basic`: the token has Mail.ReadBasic and no more."""

    message: Message
    prefer: Preferences = NONE
    basic: bool = False
    entity: Entity = MESSAGE

    def value(self, name: str) -> Any:
        if self.basic and name in NOT_BASIC:
            return None
        return FACTS[name](self)

    def annotations(self) -> dict[str, Any]:
        return {"@odata.etag": f'W/"{change_key(self)}"'}

    def extended(self, ids: Sequence[str]) -> list[dict[str, str]]:
        self._must_be_whole()
        values = {name: self._store_value(name) for name in STORE}
        return extended_properties.find_properties(ids, values, self.message.properties)

    def expanded(self, name: str, asked: Options) -> Any:
        self._must_be_whole()
        if name == "attachments":
            return attachment_rows.expanded(self.message, asked)
        return [] if name == "extensions" else None

    def _store_value(self, name: str) -> Callable[[], Any]:
        return lambda: STORE[name](self.message)

    def _must_be_whole(self) -> None:
        if self.basic:
            raise access_denied()


def shown_id(row: MessageRow) -> str:
    return row.message.immutable_id if row.prefer.immutable else row.message.id


def change_key(row: MessageRow) -> str:
    message = row.message
    raw = b"\x09\x00\x00\x00" + message.first.to_bytes(8, "big") + message.version.to_bytes(8, "big")
    return base64.b64encode(raw).decode()


def _conversation(row: MessageRow) -> str:
    return row.message.immutable_id


def _index(row: MessageRow) -> str:
    return base64.b64encode(b"\x01\x01" + row.message.first.to_bytes(20, "big")).decode()


def _body(row: MessageRow) -> dict[str, str]:
    """HTML unless the client prefers text; a plain message is dressed in HTML."""
    content = row.message.content
    if row.prefer.body == "text":
        return {"contentType": "text", "content": content.text}
    whole = content.html or PAGE.format(html.escape(content.text, quote=False).replace("\n", "<br>\n"))
    return {"contentType": "html", "content": whole}


def _sender(row: MessageRow) -> Any:
    person = row.message.content.sender
    return recipient(person) if person.address else ABSENT


def _hidden(row: MessageRow) -> list[dict[str, Any]]:
    """Only one's own draft tells."""
    found = getaddresses([row.message.content.header("Bcc")])
    return [recipient(Address(name, address)) for name, address in found if "@" in address]


def _sent(row: MessageRow) -> str:
    return utc(row.message.content.date or row.message.received)


def _flag(row: MessageRow) -> dict[str, Any]:
    return row.message.flag or {"flagStatus": "notFlagged"}


def recipient(person: Address) -> dict[str, Any]:
    return {"emailAddress": {"name": person.name or person.address, "address": person.address}}


def recipients(people: Sequence[Address]) -> list[dict[str, Any]]:
    return [recipient(person) for person in people]


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


FACTS: dict[str, Callable[[MessageRow], Any]] = {
    "id": shown_id,
    "createdDateTime": lambda row: utc(row.message.received),
    "lastModifiedDateTime": lambda row: utc(row.message.changed),
    "changeKey": change_key,
    "categories": lambda row: list(row.message.categories),
    "receivedDateTime": lambda row: utc(row.message.received),
    "sentDateTime": _sent,
    "hasAttachments": lambda row: row.message.content.has_attachments,
    "internetMessageId": lambda row: row.message.content.header("Message-ID"),
    "internetMessageHeaders": lambda row: [{"name": k, "value": v} for k, v in row.message.content.headers],
    "subject": lambda row: row.message.content.subject,
    "bodyPreview": lambda row: row.message.content.preview,
    "importance": lambda row: row.message.importance,
    "parentFolderId": lambda row: row.message.folder,
    "conversationId": _conversation,
    "conversationIndex": _index,
    "isDeliveryReceiptRequested": lambda row: bool(row.message.content.header("Return-Receipt-To")),
    "isReadReceiptRequested": lambda row: bool(row.message.content.header("Disposition-Notification-To")),
    "isRead": lambda row: row.message.is_read,
    "isDraft": lambda row: row.message.is_draft,
    "webLink": lambda row: (
        f"https://outlook.office365.com/owa/?ItemID={shown_id(row)}&exvsurl=1&viewmodel=ReadMessageItem"
    ),
    "inferenceClassification": lambda row: row.message.inference,
    "body": _body,
    "uniqueBody": _body,
    "sender": _sender,
    "from": _sender,
    "toRecipients": lambda row: recipients(row.message.content.to),
    "ccRecipients": lambda row: recipients(row.message.content.cc),
    "bccRecipients": _hidden,
    "replyTo": lambda row: recipients(row.message.content.reply_to),
    "flag": _flag,
}
# https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-properties
STORE: dict[str, Callable[[Message], Any]] = {
    "Integer 0xe08": lambda message: message.content.size,
    "Long 0xe08": lambda message: message.content.size,
    "String 0x37": lambda message: message.content.subject,
    "String 0x7d": lambda message: "".join(f"{name}: {value}\r\n" for name, value in message.content.headers),
    "String 0x1035": lambda message: message.content.header("Message-ID"),
    "SystemTime 0xe06": lambda message: utc(message.received),
    "Boolean 0xe1b": lambda message: bool(message.content.attachments),
}
