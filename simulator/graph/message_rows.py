"""A message as Graph writes it. There is no size in v1.0, only the extended property."""

from datetime import UTC, datetime
from typing import Any

from simulator.graph.odata import Options, property_ids
from simulator.graph.vocabulary import MESSAGE
from simulator.mail.message import Address, Attachment
from simulator.shelf import Message

UNASKED = tuple(name for name in MESSAGE.properties if name != "internetMessageHeaders")


def row(message: Message, asked: Options, immutable: bool) -> dict[str, Any]:
    every = facts(message, immutable)
    wanted = asked if asked.select is not None else Options(select=UNASKED)
    made = wanted.pick(every, MESSAGE)
    if "attachments" in asked.expand:
        made["attachments"] = [attachment(it) for it in message.content.attachments]
    if "singleValueExtendedProperties" in asked.expand:
        ids = property_ids(asked.expand["singleValueExtendedProperties"].filter)
        found = [it for it in ids if _number(it) == 0x0E08]
        size = str(message.content.size)
        rows = [{"id": f"{it.partition(' ')[0]} 0xe08", "value": size} for it in found]
        made.update({"singleValueExtendedProperties": rows} if rows else {})
    return made


def facts(message: Message, immutable: bool) -> dict[str, Any]:
    content, moment = message.content, utc(message.received)
    shown = message.immutable_id if immutable else message.id
    return {
        "id": shown,
        "createdDateTime": moment,
        "lastModifiedDateTime": moment,
        "changeKey": message.immutable_id[-24:],
        "categories": list(message.categories),
        "receivedDateTime": moment,
        "sentDateTime": moment,
        "hasAttachments": content.has_attachments,
        "internetMessageId": content.header("Message-ID"),
        "internetMessageHeaders": [{"name": k, "value": v} for k, v in content.headers],
        "subject": content.subject,
        "bodyPreview": content.preview,
        "importance": message.importance,
        "parentFolderId": message.folder,
        "conversationId": message.immutable_id,
        "isDeliveryReceiptRequested": False,
        "isReadReceiptRequested": bool(content.header("Disposition-Notification-To")),
        "isRead": message.is_read,
        "isDraft": False,
        "webLink": f"https://outlook.office365.com/owa/?ItemID={shown}&exvsurl=1",
        "inferenceClassification": "focused",
        "body": _body(message),
        "sender": recipient(content.sender),
        "from": recipient(content.sender),
        "toRecipients": [recipient(person) for person in content.to],
        "ccRecipients": [recipient(person) for person in content.cc],
        "bccRecipients": [],
        "replyTo": [recipient(person) for person in content.reply_to],
        "flag": {"flagStatus": "notFlagged"},
    }


def _body(message: Message) -> dict[str, str]:
    if message.content.html:
        return {"contentType": "html", "content": message.content.html}
    return {"contentType": "text", "content": message.content.text}


def recipient(person: Address) -> dict[str, Any]:
    return {"emailAddress": {"name": person.name or person.address, "address": person.address}}


def attachment(held: Attachment) -> dict[str, Any]:
    return {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": held.name,
        "contentType": held.content_type,
        "size": held.size,
        "isInline": held.inline,
    }


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(asked: str) -> int | None:
    try:
        return int(asked.partition(" ")[2], 16)
    except ValueError:
        return None
