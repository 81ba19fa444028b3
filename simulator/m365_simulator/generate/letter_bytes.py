"""The bytes of a draft, as a mailer would have sent them (RFC 5322, RFC 2047, RFC 2045)."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta, timezone
from email.utils import format_datetime
from urllib.parse import quote

from m365_simulator.generate.draft import Draft, Key
from m365_simulator.mail.headers import Address

JAPAN = timezone(timedelta(hours=9))
BOUNDARY = "=_generated_"
CHUNK = 12  # characters of one encoded word, which must not be longer than 75
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
FILLING = b"%PDF-1.7 generated\n"
LINE = 57  # bytes of a file in one line of base64


def list_people(key: Key, made: Draft) -> tuple[Address, Address]:
    """The sender and the receiver."""
    return (key.owner, made.other) if key.own else (made.other, key.owner)


def list_headers(key: Key, made: Draft) -> Iterator[tuple[str, str]]:
    """In their order, as text. Those of the same variant are equally long."""
    sender, receiver = list_people(key, made)
    yield "From", str(sender)
    yield "To", str(receiver)
    yield "Subject", made.subject
    yield "Date", format_datetime(key.sent.astimezone(JAPAN))
    yield "Message-ID", f"<{key.place:08x}.{key.number:x}@{sender.address.partition('@')[2]}>"
    if made.kind.listed:
        yield "List-Id", "<lab-ml.example.ac.jp>"
    yield "MIME-Version", "1.0"
    if made.file or made.kind.page:
        kind = "mixed" if made.file else "alternative"
        yield "Content-Type", f'multipart/{kind}; boundary="{BOUNDARY}"'
    else:
        yield "Content-Type", f"text/plain; charset={made.charset}"
        yield "Content-Transfer-Encoding", choose_encoding(made)


def choose_encoding(made: Draft) -> str:
    return "7bit" if made.charset == "iso-2022-jp" else "8bit"


def write_text(made: Draft) -> str:
    return "\n".join([*made.lines, ""])


def write_page(made: Draft) -> str:
    inside = "".join(f"<p>{line}</p>\n" for line in made.lines)
    return f"<html><body>\n<h1>{made.subject}</h1>\n{inside}</body></html>\n" if made.kind.page else ""


def find_file_type(made: Draft) -> str:
    return TYPES[made.file.rpartition(".")[2]]


def write_head(key: Key, made: Draft) -> bytes:
    named = dict(zip(("From", "To"), list_people(key, made), strict=True))
    lines = []
    for name, value in list_headers(key, made):
        person = named.get(name)
        lines.append(f"{name}: {_address(person, made.charset) if person else _words(value, made.charset)}\r\n")
    return "".join([*lines, "\r\n"]).encode()


def write_around_file(key: Key, made: Draft) -> tuple[bytes, bytes]:
    """All the bytes before those of the file, and all after."""
    body = write_text(made).replace("\n", "\r\n").encode(made.charset)
    if not (made.file or made.kind.page):
        return write_head(key, made) + body, b""
    first = f"--{BOUNDARY}\r\nContent-Type: text/plain; charset={made.charset}\r\n"
    opening = f"{first}Content-Transfer-Encoding: {choose_encoding(made)}\r\n\r\n".encode() + body
    second = _second_part(made).encode()
    return write_head(key, made) + opening + second, f"\r\n--{BOUNDARY}--\r\n".encode()


def _second_part(made: Draft) -> str:
    if made.kind.page:
        kind = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
        return f"\r\n--{BOUNDARY}\r\n{kind}\r\n\r\n" + write_page(made).replace("\n", "\r\n")
    name = f"Content-Disposition: attachment; filename*=UTF-8''{quote(made.file)}"
    kind = f"Content-Type: {find_file_type(made)}\r\nContent-Transfer-Encoding: base64"
    return f"\r\n--{BOUNDARY}\r\n{kind}\r\n{name}\r\n\r\n"


def measure_packed(size: int) -> int:
    """Bytes that a file of this size takes in base64, with an end of line after each 76 characters."""
    return -(-size // 3) * 4 + -(-size // LINE) * 2


def pack_file(size: int) -> bytes:
    whole, rest = divmod(size, LINE)
    file = (FILLING * (LINE // len(FILLING) + 1))[:LINE]
    lines = (b64encode(file) + b"\r\n") * whole
    return lines + (b64encode(file[:rest]) + b"\r\n" if rest else b"")


def _address(person: Address, charset: str) -> str:
    return f"{_words(person.name, charset)} <{person.address}>"


def _words(value: str, charset: str) -> str:
    if value.isascii():
        return value
    chunks = (value[at : at + CHUNK] for at in range(0, len(value), CHUNK))
    return "\r\n ".join(f"=?{charset}?B?{b64encode(chunk.encode(charset)).decode()}?=" for chunk in chunks)
