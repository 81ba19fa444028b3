"""What each page reads, in as few waves as can be; parts that can fail alone come as a value or a GraphProblem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from portal.graph.client import Graph, Read
from portal.graph.errors import GraphProblem, SignInAgain
from portal.graph.folders import RECOVERABLE, TREE, TREE_READS, names_of, size_of, sized, tree_of
from portal.graph.rules import RULES_PATH, StoredRule, list_rules, sort_rules
from portal.graph.tips import Tips, tips_of, tips_read
from portal.graph.wire import Json
from portal.mailbox.folders import Tree, add_up_sizes
from portal.mailbox.quota import Usage, sort_by_size

T = TypeVar("T")


@dataclass(frozen=True)
class RulesRead:
    """The rules in order, and the folders that they name."""

    rules: tuple[StoredRule, ...]
    tree: Tree | GraphProblem


@dataclass(frozen=True)
class HomeRead:
    """The folders of `tree` have names and no roles."""

    rules: tuple[StoredRule, ...] | GraphProblem
    tips: Tips | GraphProblem
    tree: Tree | GraphProblem


def read_rules(graph: Graph) -> RulesRead:
    """Rules and folders; one wave. Raises GraphProblem when the rules cannot be read."""
    rules, *folders = graph.batch([Read(RULES_PATH), *TREE_READS])
    return RulesRead(_rules(graph, rules), _or_problem(lambda: tree_of(graph, folders)))


def read_forwarding(graph: Graph) -> tuple[StoredRule, ...]:
    """The rules in order, for find_forwarding; one wave. Raises GraphProblem."""
    return tuple(list_rules(graph))


def read_home(graph: Graph, address: str) -> HomeRead:
    """Rules, mail tips and folders of the mailbox of `address`; one wave. Raises only SignInAgain."""
    rules, tips, folders = graph.batch([Read(RULES_PATH), tips_read(address), TREE])
    return HomeRead(
        _or_problem(lambda: _rules(graph, rules)),
        _or_problem(lambda: tips_of(tips)),
        _or_problem(lambda: names_of(graph, folders)),
    )


def read_usage(graph: Graph, address: str, usual_limit: int | None) -> Usage:
    """How full the mailbox of `address` is; two waves. `usual_limit` is in bytes.

    Raises GraphProblem when the folders, or all of their sizes, cannot be read.
    """
    tips, recoverable, *folders = graph.batch([tips_read(address), RECOVERABLE, *TREE_READS])
    tree = tree_of(graph, folders)
    own_quota = None if isinstance(recoverable, GraphProblem) else recoverable.get("id")
    measured = sized(graph, [folder for folder in tree if folder.id != own_quota])
    told = _or_problem(lambda: tips_of(tips))
    return Usage(
        used=add_up_sizes(measured),
        limit=usual_limit,
        full=None if isinstance(told, GraphProblem) else told.full,
        folders=sort_by_size(measured),
        recoverable=None if isinstance(recoverable, GraphProblem) else size_of(recoverable),
        unmeasured=sum(folder.size is None for folder in measured),
    )


def _rules(graph: Graph, answer: Json | GraphProblem) -> tuple[StoredRule, ...]:
    if isinstance(answer, GraphProblem):
        raise answer
    return sort_rules(graph.follow_pages(answer))


def _or_problem(read: Callable[[], T]) -> T | GraphProblem:
    """The value, or the problem as a value; only a token that is no longer taken concerns the whole page."""
    try:
        return read()
    except SignInAgain:
        raise
    except GraphProblem as problem:
        return problem
