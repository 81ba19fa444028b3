"""The values of headers as text (RFC 5322, RFC 2047, RFC 6532)."""

import binascii
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import default
from typing import Any

from m365_simulator.mail.charsets import decode, guess_text, replace_surrogates

# what the standard library's parsers raise on hostile headers
BROKEN = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)
WORD = re.compile(rb"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
WORDS = re.compile(rb"%s(?:\s+%s)*" % (WORD.pattern, WORD.pattern))
ADDRESS = re.compile(r"[^\s<>,;:()\"]{1,320}@[^\s<>,;:()\"@]+")
NEWLINE = re.compile(r"\r\n?|\n")
LONGEST = 32 * 1024  # characters of one header that are read


@dataclass(frozen=True)
class Address:
    """A mailbox address with its display name, both as text."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def read_text(name: str, source: str) -> str:
    """The value of one header, `source` being what the parser kept of its bytes."""
    plain = NEWLINE.sub("", normalise(source))
    if "=?" not in plain:
        return replace_surrogates(plain)
    try:
        return replace_surrogates(str(default.header_fetch_parse(name, plain)))
    except BROKEN:
        return replace_surrogates(plain)


def find_first(mail: Message, name: str) -> str:
    """The first header of this name, its encoded words still encoded; empty when there is none."""
    wanted = name.casefold()
    return next((normalise(source) for key, source in mail.raw_items() if key.casefold() == wanted), "")


def read_addresses(mail: Message, name: str) -> tuple[Address, ...]:
    """Everybody in the headers of this name. One that the parser cannot read is split at its commas instead."""
    lines = [normalise(source) for key, source in mail.raw_items() if key.casefold() == name.casefold()]
    try:
        parsed: list[Any] = [default.header_fetch_parse(name, line) for line in lines]
        pairs = [(it.display_name, it.addr_spec) for line in parsed for it in line.addresses]
    except BROKEN:
        pairs = [pair for line in lines for pair in split_addresses(line)]
    found = ((replace_surrogates(shown), replace_surrogates(address)) for shown, address in pairs)
    return tuple(Address(shown, address) for shown, address in found if "@" in address)


def split_addresses(line: str) -> Iterator[tuple[str, str]]:
    """Name and address of each piece between commas that holds an address."""
    for piece in line.split(","):
        found = ADDRESS.search(piece)
        if found:
            yield read_text("Subject", piece[: found.start()].strip(' "<\t\r\n')), found.group()


def normalise(source: str) -> str:
    """The same header, in text and in UTF-8: each run of encoded words becomes one word.

    So a character that a mailer broke between two words is whole again, and the standard library
    needs no other charset.
    """
    raw = str(source)[:LONGEST].encode("utf-8", "surrogateescape")
    made, at = [], 0
    for run in WORDS.finditer(raw):
        made += [guess_text(raw[at : run.start()]), _one_word(run.group())]
        at = run.end()
    return "".join([*made, guess_text(raw[at:])])


def _one_word(run: bytes) -> str:
    charsets, pieces = [], []
    for charset, encoding, payload in WORD.findall(run):
        charsets.append(charset.decode("ascii", "replace").lower())
        pieces.append(_payload(encoding, payload))
    if len(set(charsets)) == 1:
        read = decode(b"".join(pieces), charsets[0])
    else:
        read = "".join(decode(piece, charset) for piece, charset in zip(pieces, charsets, strict=True))
    return f"=?utf-8?b?{b64encode(read.encode()).decode()}?="


def _payload(encoding: bytes, payload: bytes) -> bytes:
    if encoding in b"qQ":
        return binascii.a2b_qp(payload, header=True)
    try:
        return binascii.a2b_base64(payload + b"=" * (-len(payload) % 4))
    except binascii.Error:
        return payload
