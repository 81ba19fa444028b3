"""The values of a rule's terms in Graph's JSON, both ways.

https://learn.microsoft.com/graph/api/resources/messagerulepredicates
"""

from __future__ import annotations

from portal.graph.wire import Json
from portal.mailbox.rules import Address, SizeRange, Value
from portal.mailbox.vocabulary import Term, TermKind


class NotInVocabulary(ValueError):
    """A value that we cannot read; it is kept as it is."""


def is_unset(raw: object) -> bool:
    """Graph leaves a term that is not set out, or gives null, [], false or ""."""
    return raw is None or raw is False or raw in ("", [], {})


def value_from_json(term: Term, raw: object) -> Value:
    """The value of a term that is set. Raises NotInVocabulary."""
    if term.kind is TermKind.WORDS:
        return tuple(_text(word) for word in _list(raw))
    if term.kind is TermKind.PEOPLE:
        return tuple(_person(person) for person in _list(raw))
    if term.kind is TermKind.SIZE:
        return _size_range(raw)
    if term.kind is TermKind.YES:
        if raw is not True:
            raise NotInVocabulary(term.graph)
        return True
    text = _text(raw)
    if term.choices and text not in term.choices:
        raise NotInVocabulary(term.graph)
    return text


def value_to_json(value: Value) -> object:
    if isinstance(value, SizeRange):
        sizes = {"minimumSize": value.minimum_kb, "maximumSize": value.maximum_kb}
        return {name: size for name, size in sizes.items() if size is not None}
    if isinstance(value, tuple):
        return [_person_json(member) if isinstance(member, Address) else member for member in value]
    return value


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise NotInVocabulary("no list")
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise NotInVocabulary("no text")
    return raw


def _person(raw: object) -> Address:
    found = raw.get("emailAddress") if isinstance(raw, dict) else None
    if not isinstance(found, dict):
        raise NotInVocabulary("no emailAddress")
    return Address(_text(found.get("address") or ""), _text(found.get("name") or ""))


def _person_json(person: Address) -> Json:
    found = {"name": person.name, "address": person.address}
    return {"emailAddress": {key: text for key, text in found.items() if text}}


def _size_range(raw: object) -> SizeRange:
    if not isinstance(raw, dict):
        raise NotInVocabulary("no sizeRange")
    return SizeRange(_kilobytes(raw.get("minimumSize")), _kilobytes(raw.get("maximumSize")))


def _kilobytes(raw: object) -> int | None:
    if raw is None or type(raw) is int:
        return raw
    raise NotInVocabulary("no size")
