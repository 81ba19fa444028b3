"""What a message says, read once from its bytes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from m365_simulator.mail import headers, parts
from m365_simulator.mail.headers import BROKEN, Address
from m365_simulator.mail.html_text import extract_text
from m365_simulator.mail.parts import Attachment, Part

PREVIEW = 255


@dataclass(frozen=True, slots=True)
class Content:
    """A parsed message; `size` in bytes, `headers` in their order, decoded.

    `parts` begins with the message itself. `outcome` is what a delivery report says became of
    the message it is about (RFC 3464: failed, delayed, delivered, relayed, expanded), else empty.
    """

    raw: bytes
    headers: tuple[tuple[str, str], ...]
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    parts: tuple[Part, ...]
    outcome: str = ""

    @property
    def size(self) -> int:
        return len(self.raw)

    @property
    def preview(self) -> str:
        return " ".join(self.text[: PREVIEW * 8].split())[:PREVIEW]

    @property
    def has_attachments(self) -> bool:
        return any(not attachment.inline for attachment in self.attachments)

    @property
    def date(self) -> datetime | None:
        """When the sender says that it was sent."""
        try:
            said = parsedate_to_datetime(self.header("Date"))
            return said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
        except (*BROKEN, OverflowError):
            return None

    def header(self, name: str) -> str:
        """The first header of this name, empty when there is none."""
        wanted = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == wanted), "")

    def attached(self, number: int) -> bytes:
        """The bytes of `attachments[number]`; read again, since nobody keeps them."""
        return parts.read_content(parts.list_attachments(message_from_bytes(self.raw))[number])


def parse_message(raw: bytes) -> Content:
    """Read any bytes as a message: what cannot be read is empty, nothing is raised."""
    mail = parse_structure(raw)
    listed = tuple((name, headers.read_text(name, source)) for name, source in mail.raw_items())
    senders = headers.read_addresses(mail, "From") or headers.read_addresses(mail, "Sender")
    text, html = find_bodies(mail)
    return Content(
        raw=raw,
        headers=listed,
        sender=senders[0] if senders else Address("", ""),
        to=headers.read_addresses(mail, "To"),
        cc=headers.read_addresses(mail, "Cc"),
        reply_to=headers.read_addresses(mail, "Reply-To"),
        subject=next((value for name, value in listed if name.casefold() == "subject"), ""),
        text=text,
        html=html,
        attachments=tuple(parts.make_attachment(part) for part in parts.list_attachments(mail)),
        parts=tuple(parts.describe_part(part) for part in parts.walk_parts(mail)),
        outcome=read_report_action(mail),
    )


def parse_structure(raw: bytes) -> Message:
    """As the standard library sees it; parts that are too much for it stay unopened."""
    try:
        mail = message_from_bytes(raw)
        list(parts.walk_parts(mail))
    except BROKEN:
        mail = message_from_bytes(re.sub(rb"(?i)\bcontent-", b"X-Content-", raw))
    return mail


def find_bodies(mail: Message) -> tuple[str, str]:
    """The plain text (made from the HTML when there is only that) and the HTML."""
    plain, html = (
        parts.read_text(part) if part else "" for part in (parts.find_body(mail, kind) for kind in ("plain", "html"))
    )
    return plain or extract_text(html), html


def read_report_action(mail: Message) -> str:
    """The first action of a delivery report; its fields stand in blocks like headers."""
    reports = (part for part in parts.walk_parts(mail) if part.get_content_type() == "message/delivery-status")
    blocks = (block for report in reports for block in parts.list_inner_parts(report))
    said = (
        headers.read_text("Action", written) for block in blocks if (written := headers.find_first(block, "Action"))
    )
    return next(said, "").strip().casefold()
