"""One value of a rule: read by its kind, or refused with Exchange's reason."""

import re
from collections.abc import Callable
from typing import Any

from m365_simulator import switches
from m365_simulator.graph.errors import GraphError, bad_request, unknown_property
from m365_simulator.graph.vocabulary import Kind
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.folders import WELL_KNOWN
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import TENANT

INT32 = 2**31 - 1
LONGEST = 255
ADDRESS = re.compile(r"[!#-'*+./0-9=?A-Z^-~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class RuleError(Exception):
    """Exchange's reason, and the member it is about."""


def read_rule_value(mailbox: Mailbox, name: str, kind: Kind, value: Any) -> Any:
    """The value as it is kept. Raises RuleError, or GraphError for a value of another type."""
    if isinstance(kind, tuple):
        return _choice(name, kind, value)
    return READERS[kind](mailbox, name, value)


def _choice(name: str, choices: tuple[str, ...], value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type(name)
    for choice in choices:
        if choice.casefold() == value.casefold():
            return choice
    raise bad_request(f"Requested value '{value}' was not found.", "RequestBodyRead")


def _flag(_: Mailbox, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type(name)
    return value


def _words(_: Mailbox, name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _wrong_type(name)
    if any(not word for word in value):
        raise RuleError(f"EmptyValueFound: {name}")
    if any(len(word) > LONGEST for word in value):
        raise RuleError(f"StringValueTooBig: {name}")
    return list(value)


def _people(_: Mailbox, name: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise _wrong_type(name)
    return [{"emailAddress": _email_address(name, person)} for person in value]


def _email_address(name: str, person: Any) -> dict[str, str]:
    """A name that was left out is the directory's, else the address itself."""
    inner = _only(person, ("emailAddress",), "microsoft.graph.recipient").get("emailAddress")
    found = _only(inner, ("address", "name"), "microsoft.graph.emailAddress")
    address, shown = found.get("address"), found.get("name")
    if not isinstance(address, str) or not isinstance(shown, str | None):
        raise RuleError(f"InvalidAddress: {name}")
    if not ADDRESS.fullmatch(address):
        raise RuleError(f"InvalidAddress: {name}")
    known = TENANT.person(address)
    return {"name": shown or (known.name if known else address), "address": address}


def _only(value: Any, names: tuple[str, ...], entity: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong_type(entity)
    for name in value:
        if name not in names and "@" not in name:
            raise unknown_property(name, entity)
    return value


def _range(_: Mailbox, name: str, value: Any) -> dict[str, int]:
    """Kilobytes; one end may be missing."""
    found = _only(value, ("minimumSize", "maximumSize"), "microsoft.graph.sizeRange")
    made = {end: size for end, size in found.items() if "@" not in end and size is not None}
    if not made:
        raise RuleError(f"MissingRangeValue: {name}")
    for end, size in made.items():
        if type(size) is not int or size > INT32:
            raise _wrong_type(end)
        if size < 0:
            raise RuleError(f"SizeLessThanZero: {name}")
    if made.get("minimumSize", 0) > made.get("maximumSize", INT32):
        raise RuleError(f"InvalidSizeRange: {name}")
    return made


def _folder(mailbox: Mailbox, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type(name)
    if value.casefold() in WELL_KNOWN and switches.value("move_to_well_known"):
        return mailbox.folder(value.casefold()).id
    if not ids.is_item(value):
        raise RuleError(f"InvalidFolderId: {name}")
    if value not in mailbox.folders:
        raise RuleError(f"FolderDoesNotExist: {name}")
    return value


def _wrong_type(name: str) -> GraphError:
    return bad_request(f"The value of '{name}' has the wrong type.", "RequestBodyRead")


READERS: dict[str, Callable[[Mailbox, str, Any], Any]] = {
    "flag": _flag,
    "words": _words,
    "people": _people,
    "range": _range,
    "folder": _folder,
}
