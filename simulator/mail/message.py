"""What a message says, read once from its bytes (RFC 5322, RFC 2045).

Japanese mail comes in several dresses: encoded words in ISO-2022-JP, raw UTF-8, or raw
ISO-2022-JP without any declaration. All of them become text here.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import getaddresses
from typing import Any

# what the standard library's header parser raises on hostile headers
BROKEN = (ValueError, IndexError, KeyError, LookupError, AttributeError, TypeError)
PREVIEW = 255


@dataclass(frozen=True)
class Address:
    """A mailbox address with its display name, both as text."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    size: int
    inline: bool


@dataclass(frozen=True)
class Part:
    """The type of a part, with its parameters; names in lower case."""

    content_type: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Content:
    """A parsed message; `size` in bytes, `headers` in their order, decoded.

    `parts` begins with the message itself.
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
    parts: tuple["Part", ...]

    @property
    def size(self) -> int:
        return len(self.raw)

    @property
    def preview(self) -> str:
        return " ".join(self.text.split())[:PREVIEW]

    @property
    def has_attachments(self) -> bool:
        return any(not attachment.inline for attachment in self.attachments)

    def header(self, name: str) -> str:
        """The first header of this name, empty when there is none."""
        wanted = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == wanted), "")


def parse(raw: bytes) -> Content:
    """Read any bytes as a message: what cannot be read is empty, nothing is raised."""
    mail = message_from_bytes(raw, policy=default)
    headers = tuple((name, _value(mail, name, text)) for name, text in mail.raw_items())
    text, html = _bodies(mail)
    senders = _addresses(mail, "From") or _addresses(mail, "Sender")
    return Content(
        raw=raw,
        headers=headers,
        sender=senders[0] if senders else Address("", ""),
        to=_addresses(mail, "To"),
        cc=_addresses(mail, "Cc"),
        reply_to=_addresses(mail, "Reply-To"),
        subject=next((value for name, value in headers if name.casefold() == "subject"), ""),
        text=text,
        html=html,
        attachments=_attachments(mail),
        parts=tuple(Part(part.get_content_type(), _parameters(part)) for part in mail.walk()),
    )


def _value(mail: EmailMessage, name: str, source: str) -> str:
    try:
        return _readable(str(mail.policy.header_fetch_parse(name, source)))
    except BROKEN:
        return _readable(source)


def _readable(text: str) -> str:
    """Decode what came without an encoded word, and leave no lone surrogate behind."""
    raw = text.encode("utf-8", "surrogateescape")
    charset = "iso2022_jp" if "\x1b$" in text else "utf-8"
    return raw.decode(charset, "replace")


def _addresses(mail: EmailMessage, name: str) -> tuple[Address, ...]:
    """A header that the parser cannot read is split at its commas instead."""
    sources = [source for key, source in mail.raw_items() if key.casefold() == name.casefold()]
    try:
        lines: list[Any] = [mail.policy.header_fetch_parse(name, source) for source in sources]
        pairs = [(it.display_name, it.addr_spec) for line in lines for it in line.addresses]
    except BROKEN:
        pairs = getaddresses([str(source) for source in sources])
    found = ((_readable(shown), _readable(address)) for shown, address in pairs)
    return tuple(Address(shown, address) for shown, address in found if "@" in address)


def _bodies(mail: EmailMessage) -> tuple[str, str]:
    """The plain text (made from the HTML when there is only that) and the HTML."""
    plain, html = _body(mail, "plain"), _body(mail, "html")
    return plain or _without_tags(html), html


def _body(mail: EmailMessage, kind: str) -> str:
    try:
        part = mail.get_body(preferencelist=(kind,))
    except BROKEN:
        part = None
    return _decoded(part) if part is not None else ""


def _decoded(part: MIMEPart) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _without_tags(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html)


def _attachments(mail: EmailMessage) -> tuple[Attachment, ...]:
    try:
        return tuple(_attachment(part) for part in mail.iter_attachments())
    except BROKEN:
        return ()


def _attachment(part: EmailMessage) -> Attachment:
    raw = part.get_payload(decode=True)
    body = raw if isinstance(raw, bytes) else part.as_bytes()
    inline = part.get_content_disposition() == "inline" and part["Content-ID"] is not None
    name = _readable(part.get_filename() or "")
    return Attachment(name, part.get_content_type(), len(body), inline)


def _parameters(part: EmailMessage) -> dict[str, str]:
    try:
        return {str(name).casefold(): str(value).casefold() for name, value in part.get_params([])}
    except BROKEN:
        return {}
