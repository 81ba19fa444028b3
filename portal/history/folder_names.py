"""The names of the folders that old rules speak of. The journal has only their ids."""

from __future__ import annotations

import logging

from accounts.models import User
from accounts.tokens import SignInNeeded, SignInUnavailable
from portal.connect import open_mailbox
from portal.graph.errors import GraphProblem
from portal.graph.folders import read_tree
from portal.mailbox.folders import Tree

log = logging.getLogger("portal.history")

# The history must not wait long for names alone.
SECONDS = 3.0


def folder_names(person: User) -> Tree | None:
    """The folders as they are now, in one wave; None when Microsoft does not tell: the history is shown without."""
    try:
        return read_tree(open_mailbox(person, SECONDS).graph)
    except (GraphProblem, SignInNeeded, SignInUnavailable) as problem:
        log.warning("the history is shown without the names of folders: %s", type(problem).__name__)
        return None
