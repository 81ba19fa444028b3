"""A fingerprint of what a rule says, to see whether somebody changed it meanwhile."""

from __future__ import annotations

import hashlib
import json

from portal.graph.terms import NotInVocabulary, is_unset, value_from_json
from portal.graph.wire import Json
from portal.mailbox.rules import Address, Value
from portal.mailbox.vocabulary import ACTIONS, PREDICATES, Term, TermKind

# Microsoft's own business, and the place among the others, which changes when a neighbour goes.
_LEFT_OUT = frozenset({"id", "sequence", "hasError", "isReadOnly"})
_TERMS = {
    "conditions": {term.graph: term for term in PREDICATES.values()},
    "exceptions": {term.graph: term for term in PREDICATES.values()},
    "actions": {term.graph: term for term in ACTIONS.values()},
}


def digest(item: Json) -> str:
    """SHA-256 of name, on/off, conditions, exceptions and actions, those outside the vocabulary too.

    Two rules that say the same have the same digest, also a body that was sent and what Graph made of it: Graph may
    upper-case words, put names to addresses, change the order, and leave out or null what is not set.
    https://learn.microsoft.com/graph/api/mailfolder-post-messagerules (its example comes back in capitals)
    """
    said = {name: _member(name, raw) for name, raw in item.items() if name not in _LEFT_OUT and "@" not in name}
    return hashlib.sha256(json.dumps(_set(said), sort_keys=True).encode()).hexdigest()


def fulfils(there: Json, sent: Json) -> bool:
    """Whether every member that was sent says the same in the rule that is there."""
    return digest({name: there.get(name) for name in sent}) == digest(sent)


def _set(said: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in said.items() if not is_unset(value)}


def _member(name: str, raw: object) -> object:
    if name not in _TERMS or not isinstance(raw, dict):
        return raw
    terms = _TERMS[name]
    return _set({key: _plain(terms.get(key), value) for key, value in raw.items() if "@" not in key})


def _plain(term: Term | None, raw: object) -> object:
    if term is None or is_unset(raw):
        return raw
    try:
        return _canonical(term, value_from_json(term, raw))
    except NotInVocabulary:
        return raw


def _canonical(term: Term, value: Value) -> object:
    if isinstance(value, tuple):
        return sorted({_folded(member) for member in value} - {""})
    if term.kind is TermKind.SIZE:
        return repr(value)
    return value


def _folded(member: str | Address) -> str:
    """Exchange compares words and addresses without case."""
    return (member if isinstance(member, str) else member.address or member.name).casefold()
