"""Mail addresses as people type them, made into addresses as mail servers take them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote

# RFC 5321 section 4.5.3.1 and its erratum 1690: 64 for the local part, 254 for the whole.
LONGEST = 254
LONGEST_LOCAL = 64

# RFC 5322 section 3.2.3, dot-atom; RFC 1123 section 2.1, host names. The last label is never a number alone.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)+(?![0-9]+\Z){_LABEL}")

# What Japanese input methods and typeset pages leave where a full stop or a hyphen was meant.
_PUNCTUATION = {0x3002: "."} | dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2212], "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_BRACKETED = re.compile(r"<([^<>]*)>")
_QUOTED_NAME = re.compile(r'"[^"]*"\s*(?=<)')


class Reason(Enum):
    """Why a text is no address."""

    EMPTY = "empty"
    NO_AT = "no-at"
    BAD_LOCAL = "bad-local"
    BAD_DOMAIN = "bad-domain"
    TOO_LONG = "too-long"
    CONTROL = "control"


class AddressProblem(ValueError):
    """The text is no mail address."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def normalise_address(text: str) -> str:
    """One address in ASCII, its domain in lower case. Raises AddressProblem.

    Full-width characters, stray spaces of any kind, angle brackets, a display name and "mailto:" are tolerated.
    """
    bare = "".join(_strip_extras(text).split())
    if not bare:
        raise AddressProblem(Reason.EMPTY)
    if any(unicodedata.category(character) == "Cc" for character in bare):
        raise AddressProblem(Reason.CONTROL)
    local, at, typed_domain = bare.rpartition("@")
    if not at:
        raise AddressProblem(Reason.NO_AT)
    if len(local) > LONGEST_LOCAL or len(bare) > LONGEST:
        raise AddressProblem(Reason.TOO_LONG)
    if not _LOCAL.fullmatch(local):
        raise AddressProblem(Reason.BAD_LOCAL)
    return _join_address(local, _encode_domain(typed_domain))


def split_addresses(text: str) -> tuple[str, ...]:
    """The addresses in a field, as typed but half-width, each once, in order; not yet checked.

    They may stand apart by commas, 、 ; spaces or lines, and carry display names.
    """
    plain = _QUOTED_NAME.sub("", _make_half_width(text))
    first: dict[str, str] = {}
    for piece in re.split(r"[,、;\r\n]+", plain):
        bracketed = [found.strip() for found in _BRACKETED.findall(piece) if "@" in found]
        for address in bracketed or re.sub(r"\s*@\s*", "@", piece).split():
            first.setdefault(address.lower(), address)
    return tuple(address for address in first.values() if address)


@dataclass(frozen=True)
class TypedAddresses:
    """`addresses`: normalised, each once whatever its case. `wrong`: each text that is no address, and why not."""

    addresses: tuple[str, ...]
    wrong: tuple[tuple[str, Reason], ...]


def read_addresses(typed: Iterable[str]) -> TypedAddresses:
    """What the texts mean that `split_addresses` found in a field. The words for what is wrong are the form's."""
    found: dict[str, str] = {}
    wrong = []
    for text in typed:
        try:
            address = normalise_address(text)
        except AddressProblem as problem:
            wrong.append((text, problem.reason))
        else:
            found.setdefault(address.lower(), address)
    return TypedAddresses(tuple(found.values()), tuple(wrong))


def get_domain(address: str) -> str:
    """What follows the @, in lower case; "" when there is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def is_inside(address: str, domains: Iterable[str]) -> bool:
    """Whether the address belongs to one of the domains or to a subdomain of one."""
    own = get_domain(address)
    return any(own == each.lower() or own.endswith("." + each.lower()) for each in domains)


def is_same_address(one: str, other: str) -> bool:
    """Whether Exchange takes both for one address: it does not look at case."""
    return one.strip().lower() == other.strip().lower()


def _make_half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_PUNCTUATION).translate(_INVISIBLE)


def _strip_extras(text: str) -> str:
    """The address alone, without brackets, a name before them or "mailto:"."""
    plain = _make_half_width(text).strip()
    bracketed = _BRACKETED.search(plain)
    if bracketed:
        plain = bracketed.group(1).strip()
    if plain[:7].lower() == "mailto:":
        plain = _make_half_width(unquote(plain[7:].partition("?")[0]))
    return plain


def _encode_domain(typed: str) -> str:
    """The domain in lower-case ASCII, a full stop after it dropped. Raises AddressProblem."""
    try:
        found = typed.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressProblem(Reason.BAD_DOMAIN) from None
    if not _DOMAIN.fullmatch(found):
        raise AddressProblem(Reason.BAD_DOMAIN)
    return found


def _join_address(local: str, found: str) -> str:
    address = f"{local}@{found}"
    if len(address) > LONGEST:
        raise AddressProblem(Reason.TOO_LONG)
    return address
