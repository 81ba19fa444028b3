"""What the home page reads of a mailbox, in one round trip; each part can fail alone."""

from __future__ import annotations

from dataclasses import dataclass

from portal.graph.client import Graph, Read
from portal.graph.errors import GraphProblem, catch_problem
from portal.graph.folders import LIST_FOLDERS, decode_listing
from portal.graph.rules import RULES_PATH, StoredRule, decode_rules
from portal.graph.usage import Tips, decode_tips, make_tips_read
from portal.mailbox.folders import Tree


@dataclass(frozen=True)
class HomeFacts:
    """Each part or the problem that it failed with. The folders of `tree` have names and no roles."""

    rules: tuple[StoredRule, ...] | GraphProblem
    tips: Tips | GraphProblem
    tree: Tree | GraphProblem


def read_home(graph: Graph, address: str) -> HomeFacts:
    """Rules, mail tips and folders of the mailbox of `address`. Raises only SignInAgain."""
    rules, tips, folders = graph.batch([Read(RULES_PATH), make_tips_read(address), LIST_FOLDERS])
    return HomeFacts(
        catch_problem(lambda: decode_rules(graph, rules)),
        catch_problem(lambda: decode_tips(tips)),
        catch_problem(lambda: decode_listing(graph, folders)),
    )
