"""Inbox rules: Graph's JSON and ours, and reading them.

https://learn.microsoft.com/graph/api/resources/messagerule
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.graph.client import Graph, quote_id
from portal.graph.rule_digest import digest as digest
from portal.graph.terms import NotInVocabulary, is_unset, value_from_json, value_to_json
from portal.graph.wire import Json
from portal.mailbox.rules import NO_PARTS, Parts, Rule, Value
from portal.mailbox.rules import FormFields as FormFields
from portal.mailbox.vocabulary import ACTIONS, PREDICATES, TERMS, Term

RULES_PATH = "/me/mailFolders/inbox/messageRules"
# Members of a rule that hold terms, with the terms by Microsoft's names.
TABLES: Mapping[str, Mapping[str, Term]] = {
    "conditions": {term.graph: term for term in PREDICATES.values()},
    "exceptions": {term.graph: term for term in PREDICATES.values()},
    "actions": {term.graph: term for term in ACTIONS.values()},
}
_MEMBERS = frozenset({"id", "displayName", "sequence", "isEnabled", "hasError", "isReadOnly", *TABLES})


@dataclass(frozen=True)
class StoredRule:
    """A rule as it is at Microsoft. `raw` is Graph's JSON, for the code that writes; `digest` says if it changed."""

    rule: Rule
    raw: Json = field(compare=False, repr=False)
    digest: str


def from_json(item: Json) -> Rule:
    """The rule in Graph's JSON; whatever it cannot read is named in `unknown`, never dropped silently."""
    unknown = {name for name, raw in item.items() if _says_something(name, raw) and name not in _MEMBERS}
    parts: dict[str, Parts] = {}
    for member, table in TABLES.items():
        parts[member], strange = _parts_from_json(item.get(member), table)
        unknown |= {f"{member}.{name}" for name in strange}
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


def to_json(rule: Rule) -> Json:
    """The rule as Graph would list it; without an id, the body that creates it.

    isEnabled is always said: without it Graph makes a rule that is off. Graph wants a sequence and ignores it, a new
    rule comes last (website/docs/r/message_rule.html.markdown of https://github.com/magodo/terraform-provider-outlook).
    """
    body: Json = {"displayName": rule.name, "sequence": rule.sequence, "isEnabled": rule.enabled}
    told: Json = {
        "id": rule.id,
        "hasError": rule.has_error,
        "isReadOnly": rule.read_only,
        "conditions": parts_to_json(rule.conditions),
        "exceptions": parts_to_json(rule.exceptions),
        "actions": parts_to_json(rule.actions),
    }
    return body | {name: value for name, value in told.items() if value}


def parts_to_json(parts: Parts) -> Json:
    return {TERMS[name].graph: value_to_json(value) for name, value in parts.items()}


def lay_over(there: Json, rule: Rule, shown: FormFields) -> Json:
    """The PATCH body that brings the rule `there` (Graph's JSON, as it is now) to `rule`; {} when nothing changes.

    What the form shows becomes the rule's, emptied means gone; what it does not show, or nobody knows, stays. Graph
    replaces conditions, exceptions and actions as a whole, so each that changes is sent whole, {} when it is empty.
    https://learn.microsoft.com/graph/api/messagerule-update
    """
    now = from_json(there)
    body = _changed_settings(now, rule, shown)
    layers = {
        "conditions": (now.conditions, rule.conditions, shown.conditions),
        "exceptions": (now.exceptions, rule.exceptions, shown.exceptions),
        "actions": (now.actions, rule.actions, shown.actions),
    }
    for member, (own, wanted, names) in layers.items():
        changes = {name: wanted.get(name) for name in sorted(names) if own.get(name) != wanted.get(name)}
        if changes:
            body[member] = _laid(there.get(member), changes)
    return body


def stored(item: Json) -> StoredRule:
    return StoredRule(from_json(item), item, digest(item))


def sort_rules(items: list[Json]) -> tuple[StoredRule, ...]:
    """The rules of a listing in the order in which Microsoft runs them."""
    return tuple(sorted((stored(item) for item in items), key=lambda each: each.rule.sequence))


def list_rules(graph: Graph) -> list[StoredRule]:
    """All rules, in order. Raises GraphProblem."""
    return list(sort_rules(graph.get_all(RULES_PATH)))


def read_rule(graph: Graph, rule_id: str) -> StoredRule:
    """One rule as it is now. Raises GraphProblem; Missing when there is no such rule."""
    return stored(graph.get(rule_path(rule_id)))


def rule_path(rule_id: str) -> str:
    return f"{RULES_PATH}/{quote_id(rule_id)}"


def _says_something(name: str, raw: object) -> bool:
    """Whether a member is set; annotations such as @odata.etag do not count."""
    return "@" not in name and not is_unset(raw)


def _parts_from_json(raw: object, table: Mapping[str, Term]) -> tuple[Parts, set[str]]:
    """The terms we know, and the names of those we cannot read."""
    if is_unset(raw):
        return NO_PARTS, set()
    if not isinstance(raw, dict):
        return NO_PARTS, {""}
    strange: set[str] = set()
    values: dict[str, Value] = {}
    for name, value in raw.items():
        if not _says_something(name, value):
            continue
        term = table.get(name)
        if term is None:
            strange.add(name)
            continue
        try:
            values[term.name] = value_from_json(term, value)
        except NotInVocabulary:
            strange.add(name)
    return Parts(values), strange


def _changed_settings(now: Rule, rule: Rule, shown: FormFields) -> Json:
    settings = {
        "name": ("displayName", now.name, rule.name),
        "enabled": ("isEnabled", now.enabled, rule.enabled),
        "sequence": ("sequence", now.sequence, rule.sequence),
    }
    return {key: wanted for name, (key, own, wanted) in settings.items() if name in shown.settings and own != wanted}


def _laid(there: object, changes: Mapping[str, Value | None]) -> Json:
    """The changes over one member as it is there."""
    kept = {name: raw for name, raw in there.items() if not is_unset(raw)} if isinstance(there, dict) else {}
    for name, value in changes.items():
        kept.pop(TERMS[name].graph, None)
        if value is not None:
            kept[TERMS[name].graph] = value_to_json(value)
    return {name: raw for name, raw in kept.items() if "@" not in name}
