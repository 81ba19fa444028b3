"""The inbox rules of a mailbox: reading them, and whether one was changed meanwhile.

https://learn.microsoft.com/graph/api/mailfolder-list-messagerules
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.graph.client import Graph, Read
from portal.graph.errors import GraphProblem, catch_problem
from portal.graph.folders import TREE_READS, decode_tree
from portal.graph.rule_json import TERMS_BY_MEMBER, NotInVocabulary, decode_rule, decode_value, is_unset
from portal.graph.wire import Json
from portal.mailbox.folders import Tree
from portal.mailbox.rules import Address, Rule
from portal.mailbox.vocabulary import Term, TermKind

RULES_PATH = "/me/mailFolders/inbox/messageRules"
# Microsoft's own business, and the place among the others, which changes when a neighbour goes.
_NOT_DIGESTED = frozenset({"id", "sequence", "hasError", "isReadOnly"})


@dataclass(frozen=True)
class StoredRule:
    """A rule as it is at Microsoft. `raw` is Graph's JSON, for the code that writes; `digest` says if it changed."""

    rule: Rule
    raw: Json = field(compare=False, repr=False)
    digest: str


@dataclass(frozen=True)
class RulesAndFolders:
    """The rules in order, and the folders that they name."""

    rules: tuple[StoredRule, ...]
    tree: Tree | GraphProblem


def read_rules_and_folders(graph: Graph) -> RulesAndFolders:
    """All rules and all folders, in one round trip. Raises GraphProblem when the rules cannot be read."""
    rules, *folders = graph.batch([Read(RULES_PATH), *TREE_READS])
    return RulesAndFolders(decode_rules(graph, rules), catch_problem(lambda: decode_tree(graph, folders)))


def list_rules(graph: Graph) -> tuple[StoredRule, ...]:
    """All rules, in the order in which Microsoft runs them. Raises GraphProblem."""
    return _sort_rules(graph.get_all(RULES_PATH))


def decode_rules(graph: Graph, listing: Json | GraphProblem) -> tuple[StoredRule, ...]:
    """The rules in the answer to RULES_PATH, in order; further pages are followed. Raises GraphProblem."""
    if isinstance(listing, GraphProblem):
        raise listing
    return _sort_rules(graph.follow_pages(listing))


def decode_stored_rule(item: Json) -> StoredRule:
    return StoredRule(decode_rule(item), item, digest_rule(item))


def _sort_rules(items: Sequence[Json]) -> tuple[StoredRule, ...]:
    return tuple(sorted(map(decode_stored_rule, items), key=lambda stored: stored.rule.sequence))


def digest_rule(item: Json) -> str:
    """SHA-256 of name, on/off, conditions, exceptions and actions, those outside the vocabulary too.

    Two rules that say the same have the same digest, also a body that was sent and what Graph made of it: Graph may
    upper-case words, put names to addresses, change the order, and leave out or null what is not set.
    https://learn.microsoft.com/graph/api/mailfolder-post-messagerules (its example comes back in capitals)
    """
    members = {name: raw for name, raw in item.items() if name not in _NOT_DIGESTED and "@" not in name}
    plain = {name: _simplify_member(TERMS_BY_MEMBER.get(name), raw) for name, raw in members.items()}
    return hashlib.sha256(json.dumps(_drop_unset(plain), sort_keys=True).encode()).hexdigest()


def has_all_of(there: Json, sent: Json) -> bool:
    """Whether every member that was sent says the same in the rule that is there."""
    return digest_rule({name: there.get(name) for name in sent}) == digest_rule(sent)


def _simplify_member(terms: Mapping[str, Term] | None, raw: object) -> object:
    """The conditions, exceptions or actions with plain values; any other member as it is."""
    if terms is None or not isinstance(raw, dict):
        return raw
    return _drop_unset(
        {name: _simplify_value(terms.get(name), value) for name, value in raw.items() if "@" not in name}
    )


def _simplify_value(term: Term | None, raw: object) -> object:
    """The value without what Graph may change by itself; one that we cannot read as it is."""
    if term is None or is_unset(raw):
        return raw
    try:
        value = decode_value(term, raw)
    except NotInVocabulary:
        return raw
    if isinstance(value, tuple):
        return sorted({_fold_case(member) for member in value} - {""})
    return repr(value) if term.kind is TermKind.SIZE else value


def _fold_case(member: str | Address) -> str:
    """Exchange compares words and addresses without case."""
    return (member if isinstance(member, str) else member.address or member.name).casefold()


def _drop_unset(members: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if not is_unset(value)}
