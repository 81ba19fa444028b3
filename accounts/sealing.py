"""Sealing of what must not be read in the database: tokens, and what changes held.

The first of TOKEN_KEYS seals; every one of them opens. So a new key is put in front, and an old one is taken away once
nothing is left that it sealed (`accounts/resealing.py`).
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBroken(Exception):
    """No key of ours opens it: it was altered, or its key was taken away."""


def seal(text: str | bytes) -> str:
    """`text` compressed and encrypted, as ASCII text."""
    plain = text.encode() if isinstance(text, str) else text
    return box().encrypt(zlib.compress(plain)).decode()


def unseal(sealed: str | bytes) -> str:
    """What was sealed, as text. Raises SealBroken."""
    try:
        return zlib.decompress(box().decrypt(sealed)).decode()
    except (InvalidToken, zlib.error, UnicodeDecodeError) as error:
        raise SealBroken from error


def reseal(sealed: str) -> str:
    """The same, under the first key. Raises SealBroken."""
    try:
        return box().rotate(sealed).decode()
    except InvalidToken as error:
        raise SealBroken from error


def box() -> MultiFernet:
    return box_of(tuple(settings.TOKEN_KEYS))


@lru_cache(maxsize=4)
def box_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
