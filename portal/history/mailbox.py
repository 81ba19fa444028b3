"""What the history asks of Microsoft: the rules, when a change is in doubt, and the names of folders."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from django.utils import timezone

from portal.changes.lookup import Doubts, settle_doubts
from portal.connect import NO_TOKEN, Person, open_mailbox
from portal.graph.errors import GraphProblem
from portal.graph.folders import read_tree
from portal.graph.rules import read_rules_and_folders
from portal.mailbox.folders import Tree

log = logging.getLogger("portal.history")

# Seconds, a token included: what is known without Microsoft must not wait long.
SECONDS = 3.0


@dataclass(frozen=True)
class Mailbox:
    """`tree` is None when the folders were not asked for, or Microsoft did not tell."""

    doubts: Doubts = field(default_factory=Doubts)
    tree: Tree | None = None


def read_mailbox(person: Person, *, in_doubt: bool) -> Mailbox:
    """The folders as they are now and, when a change is `in_doubt`, what the rules tell of it. One round trip.

    When Microsoft does not answer in time, what is in doubt stays so, and no folder has a name.
    """
    read_at = timezone.now()
    try:
        graph = open_mailbox(person, SECONDS).graph
        if not in_doubt:
            return Mailbox(tree=read_tree(graph))
        found = read_rules_and_folders(graph)
    except (GraphProblem, *NO_TOKEN) as problem:
        log.warning("the history is shown without a look at the mailbox: %s", type(problem).__name__)
        return Mailbox()
    tree = found.tree if isinstance(found.tree, Tree) else None
    return Mailbox(settle_doubts(person, found.rules, read_at), tree)
