"""The parts of a message: which are its body, which are attached (RFC 2045, RFC 2183, RFC 2231)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from m365_simulator.mail import headers
from m365_simulator.mail.charsets import decode

TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)
SIGNATURES = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
)
REPORTS = ("message/delivery-status", "message/disposition-notification", "text/rfc822-headers")


@dataclass(frozen=True)
class Part:
    """The type of a part with its parameters, in lower case, and whether it is attached."""

    content_type: str
    parameters: dict[str, str]
    attached: bool = False


@dataclass(frozen=True)
class Attachment:
    """`size` in bytes. An item is a message inside the message; inline is what the HTML shows."""

    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str = ""
    is_item: bool = False


def walk_parts(mail: Message) -> Iterator[Message]:
    """The message and its parts, but not what is inside an attached message."""
    yield mail
    if mail.get_content_maintype() == "multipart":
        for part in list_inner_parts(mail):
            yield from walk_parts(part)


def list_inner_parts(mail: Message) -> list[Message]:
    payload = mail.get_payload() if mail.is_multipart() else []
    return [part for part in payload if isinstance(part, Message)]


def describe_part(part: Message) -> Part:
    values = {name: value.casefold() for name, value in read_parameters(part, "Content-Type").items()}
    return Part(read_type(part), values, is_attached(part))


def read_type(part: Message) -> str:
    """Type and subtype; what is none is a file of unknown kind (RFC 2046, 4.5.1)."""
    said = part.get_content_type()
    return said if TYPE.fullmatch(said) else "application/octet-stream"


def is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def read_parameters(part: Message, header: str) -> dict[str, str]:
    """By lower-case name, as plainly written, by RFC 2231, or in an encoded word where none belongs."""
    plain: Message = Message()
    plain[header] = " ".join(headers.find_first(part, header).split())
    try:
        pairs = plain.get_params([], header)
    except headers.BROKEN:
        return {}
    # a name may be there twice, for old readers and in full
    in_full_last = sorted(reversed(pairs), key=lambda pair: isinstance(pair[1], tuple))
    return {str(name).casefold(): _value(value) for name, value in in_full_last}


def _value(value: str | tuple[str | None, str | None, str]) -> str:
    if isinstance(value, str):
        return headers.read_text("Subject", value)
    charset, _, written = value
    return decode(written.encode("latin-1", "replace"), charset or "")


def find_body(mail: Message, subtype: str) -> Message | None:
    """The part with the body as text of this subtype (plain or html)."""
    if is_attached(mail):
        return None
    if mail.get_content_maintype() != "multipart":
        return mail if mail.get_content_type() == f"text/{subtype}" else None
    parts = list_inner_parts(mail)
    root = parts[:1] if mail.get_content_subtype() == "related" else parts
    return next((found for part in root if (found := find_body(part, subtype)) is not None), None)


def read_text(part: Message) -> str:
    return decode(read_content(part), read_parameters(part, "Content-Type").get("charset", "")).replace("\r\n", "\n")


def read_content(part: Message) -> bytes:
    """The bytes that were packed into a part; for a message inside the message, that message."""
    try:
        raw = part.get_payload(decode=True)
        return raw if isinstance(raw, bytes) else b"".join(it.as_bytes() for it in list_inner_parts(part)[:1])
    except headers.BROKEN:
        return b""


def list_attachments(mail: Message) -> list[Message]:
    """The leaves that are not the body, however deep they lie."""
    bodies = [find_body(mail, subtype) for subtype in ("plain", "html")]
    leaves = [part for part in walk_parts(mail) if part.get_content_maintype() != "multipart"]
    return [part for part in leaves if not any(part is it for it in bodies) and is_shown(part, alone=part is mail)]


def is_shown(part: Message, *, alone: bool) -> bool:
    """Whether a leaf that is no body is shown as an attachment."""
    if is_attached(part):
        return True
    if read_type(part) in (*SIGNATURES, *REPORTS, "text/calendar"):
        return False
    return not alone or part.get_content_maintype() not in ("text", "message")


def make_attachment(part: Message) -> Attachment:
    content_id = headers.find_first(part, "Content-ID").strip(" <>\r\n")
    names = read_parameters(part, "Content-Type") | read_parameters(part, "Content-Disposition")
    return Attachment(
        name=names.get("filename") or names.get("name", ""),
        content_type=read_type(part),
        size=len(read_content(part)),
        inline=bool(content_id) and not is_attached(part),
        content_id=content_id,
        is_item=part.get_content_type() == "message/rfc822",
    )
