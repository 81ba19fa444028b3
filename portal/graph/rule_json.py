"""Rules in Graph's JSON and in ours, both ways side by side.

https://learn.microsoft.com/graph/api/resources/messagerule ·
https://learn.microsoft.com/graph/api/resources/messagerulepredicates
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.graph.wire import Json
from portal.mailbox.rules import NO_PARTS, Address, FormFields, Parts, Rule, SizeRange, Value
from portal.mailbox.vocabulary import ACTIONS, PREDICATES, TERMS, Term, TermKind

# Members of a rule that hold terms, with the terms by Microsoft's names.
TERMS_BY_MEMBER: Mapping[str, Mapping[str, Term]] = {
    "conditions": {term.graph: term for term in PREDICATES.values()},
    "exceptions": {term.graph: term for term in PREDICATES.values()},
    "actions": {term.graph: term for term in ACTIONS.values()},
}
_MEMBERS = frozenset({"id", "displayName", "sequence", "isEnabled", "hasError", "isReadOnly", *TERMS_BY_MEMBER})


class NotInVocabulary(ValueError):
    """A value that we cannot read; it is kept as it is."""


def decode_rule(item: Json) -> Rule:
    """The rule in Graph's JSON; whatever it cannot read is named in `unknown`, never dropped silently."""
    unknown = {name for name, raw in item.items() if _is_set(name, raw) and name not in _MEMBERS}
    parts: dict[str, Parts] = {}
    for member, terms in TERMS_BY_MEMBER.items():
        parts[member], unreadable = _decode_parts(item.get(member), terms)
        unknown |= {f"{member}.{name}" for name in unreadable}
    sequence = item.get("sequence")
    return Rule(
        id=str(item.get("id") or ""),
        name=str(item.get("displayName") or ""),
        sequence=sequence if isinstance(sequence, int) else 0,
        enabled=item.get("isEnabled") is True,
        has_error=item.get("hasError") is True,
        read_only=item.get("isReadOnly") is True,
        unknown=frozenset(unknown),
        **parts,
    )


def encode_rule(rule: Rule) -> Json:
    """The rule as Graph would list it; without an id, the body that creates it.

    isEnabled is always sent: without it Graph makes a rule that is off. Graph wants a sequence and ignores it, a new
    rule comes last (website/docs/r/message_rule.html.markdown of https://github.com/magodo/terraform-provider-outlook).
    """
    always: Json = {"displayName": rule.name, "sequence": rule.sequence, "isEnabled": rule.enabled}
    if_set: Json = {
        "id": rule.id,
        "hasError": rule.has_error,
        "isReadOnly": rule.read_only,
        "conditions": encode_parts(rule.conditions),
        "exceptions": encode_parts(rule.exceptions),
        "actions": encode_parts(rule.actions),
    }
    return always | {name: value for name, value in if_set.items() if value}


def _decode_parts(raw: object, terms: Mapping[str, Term]) -> tuple[Parts, set[str]]:
    """The terms we know, and the names of those we cannot read; a member of another shape has one, ""."""
    if is_unset(raw):
        return NO_PARTS, set()
    if not isinstance(raw, dict):
        return NO_PARTS, {""}
    unreadable: set[str] = set()
    values: dict[str, Value] = {}
    for name, value in raw.items():
        if not _is_set(name, value):
            continue
        term = terms.get(name)
        if term is None:
            unreadable.add(name)
            continue
        try:
            values[term.name] = decode_value(term, value)
        except NotInVocabulary:
            unreadable.add(name)
    return Parts(values), unreadable


def encode_parts(parts: Parts) -> Json:
    return {TERMS[name].graph: _encode_value(value) for name, value in parts.items()}


def decode_value(term: Term, raw: object) -> Value:
    """The value of a term that is set. Raises NotInVocabulary."""
    if term.kind is TermKind.WORDS:
        return tuple(_decode_text(word) for word in _decode_list(raw))
    if term.kind is TermKind.PEOPLE:
        return tuple(_decode_person(person) for person in _decode_list(raw))
    if term.kind is TermKind.SIZE:
        return _decode_sizes(raw)
    if term.kind is TermKind.YES:
        if raw is not True:
            raise NotInVocabulary(term.graph)
        return True
    text = _decode_text(raw)
    if term.choices and text not in term.choices:
        raise NotInVocabulary(term.graph)
    return text


def _encode_value(value: Value) -> object:
    if isinstance(value, SizeRange):
        sizes = {"minimumSize": value.minimum_kb, "maximumSize": value.maximum_kb}
        return {name: size for name, size in sizes.items() if size is not None}
    if isinstance(value, tuple):
        return [_encode_person(member) if isinstance(member, Address) else member for member in value]
    return value


def _decode_person(raw: object) -> Address:
    found = raw.get("emailAddress") if isinstance(raw, dict) else None
    if not isinstance(found, dict):
        raise NotInVocabulary("no emailAddress")
    return Address(_decode_text(found.get("address") or ""), _decode_text(found.get("name") or ""))


def _encode_person(person: Address) -> Json:
    found = {"name": person.name, "address": person.address}
    return {"emailAddress": {key: text for key, text in found.items() if text}}


def _decode_sizes(raw: object) -> SizeRange:
    if not isinstance(raw, dict):
        raise NotInVocabulary("no sizeRange")
    return SizeRange(_decode_kilobytes(raw.get("minimumSize")), _decode_kilobytes(raw.get("maximumSize")))


def _decode_kilobytes(raw: object) -> int | None:
    if raw is None or type(raw) is int:
        return raw
    raise NotInVocabulary("no size")


def _decode_list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise NotInVocabulary("no list")
    return raw


def _decode_text(raw: object) -> str:
    if not isinstance(raw, str):
        raise NotInVocabulary("no text")
    return raw


def is_unset(raw: object) -> bool:
    """Graph leaves a term that is not set out, or gives null, [], false or ""."""
    return raw is None or raw is False or raw in ("", [], {})


def _is_set(name: str, raw: object) -> bool:
    """Whether a member is set; annotations such as @odata.etag do not count."""
    return "@" not in name and not is_unset(raw)


def make_patch(there: Json, rule: Rule, shown: FormFields) -> Json:
    """The PATCH body that brings the rule `there` (Graph's JSON, as it is now) to `rule`; {} when nothing changes.

    What the form shows becomes the rule's, emptied means gone; what it does not show, or nobody knows, stays. Graph
    replaces conditions, exceptions and actions as a whole, so each that changes is sent whole, {} when it is empty.
    https://learn.microsoft.com/graph/api/messagerule-update
    """
    now = decode_rule(there)
    body = _find_changed_settings(now, rule, shown)
    members = {
        "conditions": (now.conditions, rule.conditions, shown.conditions),
        "exceptions": (now.exceptions, rule.exceptions, shown.exceptions),
        "actions": (now.actions, rule.actions, shown.actions),
    }
    for member, (own, wanted, names) in members.items():
        changes = {name: wanted.get(name) for name in sorted(names) if own.get(name) != wanted.get(name)}
        if changes:
            body[member] = _lay_over(there.get(member), changes)
    return body


def _find_changed_settings(now: Rule, rule: Rule, shown: FormFields) -> Json:
    settings = {
        "name": ("displayName", now.name, rule.name),
        "enabled": ("isEnabled", now.enabled, rule.enabled),
        "sequence": ("sequence", now.sequence, rule.sequence),
    }
    return {key: wanted for name, (key, own, wanted) in settings.items() if name in shown.settings and own != wanted}


def _lay_over(there: object, changes: Mapping[str, Value | None]) -> Json:
    """One member as it is there, with the changes; None takes a term away."""
    kept = {name: raw for name, raw in there.items() if _is_set(name, raw)} if isinstance(there, dict) else {}
    for name, value in changes.items():
        kept.pop(TERMS[name].graph, None)
        if value is not None:
            kept[TERMS[name].graph] = _encode_value(value)
    return kept
