"""Ids as Exchange makes them: base64 that ends in "=", opaque and case-sensitive.

The URL-safe alphabet is used, as Graph does, so that an id never holds a slash.
"""

import base64
import binascii
import functools
import hashlib
import uuid

ITEM = b"\x00\x03\x24"
FOLDER_TAG = b"\x00\x2e"
MESSAGE_TAG = b"\x00\x46"
ATTACHMENT_TAG = b"\x01\x12\x00\x10"
RULE_BYTES = 8
ITEM_BYTES = 65


def folder_id(mailbox: uuid.UUID, number: int) -> str:
    return _item(mailbox, FOLDER_TAG, number)


def message_id(mailbox: uuid.UUID, number: int) -> str:
    return _item(mailbox, MESSAGE_TAG, number)


def message_number(mailbox: uuid.UUID, text: str) -> int | None:
    """The number in the id of a message of this mailbox, None for any other text."""
    raw = _bytes(text)
    known = raw is not None and raw.startswith(_head(mailbox, MESSAGE_TAG)) and len(raw) == ITEM_BYTES
    return int.from_bytes(raw[-8:], "big") if raw is not None and known else None


def attachment_id(mailbox: uuid.UUID, message: int, place: int) -> str:
    """That of its message, and longer: a tag and the place in the message follow."""
    return _text(_head(mailbox, MESSAGE_TAG) + message.to_bytes(8, "big") + ATTACHMENT_TAG + place.to_bytes(4, "big"))


def rule_id(mailbox: uuid.UUID, number: int) -> str:
    tail = int.from_bytes(mailbox.bytes[:4], "big") + number * 7919
    return _text(b"\x01" + tail.to_bytes(RULE_BYTES - 1, "big"))


def is_item(text: str) -> bool:
    """Whether this can be the id of a folder or a message at all."""
    raw = _bytes(text)
    return raw is not None and raw.startswith(ITEM) and len(raw) == ITEM_BYTES


def is_attachment(text: str) -> bool:
    """Whether this can be the id of an attachment at all."""
    raw = _bytes(text)
    return raw is not None and raw.startswith(ITEM) and len(raw) == ITEM_BYTES + len(ATTACHMENT_TAG) + 4


def is_rule(text: str) -> bool:
    """Whether this can be the id of a rule at all."""
    raw = _bytes(text)
    return raw is not None and len(raw) == RULE_BYTES


def _item(mailbox: uuid.UUID, tag: bytes, number: int) -> str:
    return _text(_head(mailbox, tag) + number.to_bytes(8, "big"))


@functools.lru_cache(maxsize=64)
def _head(mailbox: uuid.UUID, tag: bytes) -> bytes:
    store = hashlib.md5(mailbox.bytes, usedforsecurity=False).digest()
    return ITEM + str(mailbox).encode() + tag + store


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
