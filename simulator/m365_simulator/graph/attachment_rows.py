"""An attachment as Graph writes it: https://learn.microsoft.com/graph/api/resources/fileattachment"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from m365_simulator.graph.odata.options import Options
from m365_simulator.graph.odata.row import ABSENT
from m365_simulator.graph.odata.writing import Bare, write_row
from m365_simulator.graph.vocabulary import ATTACHMENT, Entity
from m365_simulator.mail.parts import Attachment
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.messages import Message

FILE, ITEM = "#microsoft.graph.fileAttachment", "#microsoft.graph.itemAttachment"


@dataclass(frozen=True)
class AttachmentRow(Bare):
    """`number` is its place in the message. An attached message has no bytes of its own here."""

    message: Message
    number: int
    entity: Entity = ATTACHMENT

    @property
    def held(self) -> Attachment:
        return self.message.content.attachments[self.number]

    def value(self, name: str) -> Any:
        return ABSENT if self.held.is_item and name in OF_FILES else FACTS[name](self)

    def annotations(self) -> dict[str, Any]:
        kind = {"@odata.type": ITEM if self.held.is_item else FILE}
        return kind if self.held.is_item else {**kind, "@odata.mediaContentType": self.held.content_type}


def rows(message: Message) -> list[AttachmentRow]:
    return [AttachmentRow(message, number) for number in range(len(message.content.attachments))]


def expanded(message: Message, asked: Options) -> list[dict[str, Any]]:
    passing = [row for row in rows(message) if asked.filter is None or asked.filter.test(row)]
    return [write_row(row, asked) for row in passing[asked.skip :][: asked.top]]


def _changed(row: AttachmentRow) -> str:
    return row.message.received.strftime("%Y-%m-%dT%H:%M:%SZ")


OF_FILES = ("contentId", "contentLocation", "contentBytes")
FACTS: dict[str, Callable[[AttachmentRow], Any]] = {
    "id": lambda row: ids.attachment_id(row.message.key, row.message.number, row.number),
    "name": lambda row: row.held.name,
    "contentType": lambda row: None if row.held.is_item else row.held.content_type,
    "size": lambda row: row.held.size,
    "isInline": lambda row: row.held.inline,
    "lastModifiedDateTime": _changed,
    "contentId": lambda row: row.held.content_id or None,
    "contentLocation": lambda row: None,
    "contentBytes": lambda row: base64.b64encode(row.message.content.attached(row.number)).decode(),
}
