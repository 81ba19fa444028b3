"""Every change that this site made to the person's mailbox."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.changes import journal
from portal.changes.lookup import Doubts, settle_doubts
from portal.connect import NO_TOKEN, Person, get_person, open_mailbox
from portal.graph.errors import GraphProblem
from portal.graph.folders import read_tree
from portal.graph.rules import read_rules_and_folders
from portal.history.entries import read_entry
from portal.mailbox.folders import Tree

log = logging.getLogger("portal.history")

ENTRIES_PER_PAGE = 50
# Seconds, a token included: what is known without Microsoft must not wait long.
GRAPH_SECONDS = 3.0


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Newest first. The journal is ours: Microsoft is asked for what it may tell besides, and may fail to answer."""
    person = get_person(request)
    in_doubt = journal.list_unsettled(person).exists()
    mailbox = read_mailbox(person, in_doubt=True) if in_doubt else None
    shown = Paginator(journal.list_changes(person), ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    entries = [read_entry(change) for change in shown]
    wants_names = any(entry.names_a_folder for entry in entries)
    if wants_names and mailbox is None:
        mailbox = read_mailbox(person, in_doubt=False)
    tree = mailbox.tree if mailbox else None
    context = {
        "entries": entries,
        "shown": shown,
        "doubts": mailbox.doubts if mailbox else None,
        "tree": tree,
        "without_names": wants_names and tree is None,
        "days_kept": settings.JOURNAL_DAYS,
    }
    return render(request, "history/index.html", context)


@dataclass(frozen=True)
class MailboxReading:
    """What Microsoft tells besides. `tree` is None when the folders were not asked for, or Microsoft did not answer."""

    doubts: Doubts = field(default_factory=Doubts)
    tree: Tree | None = None


def read_mailbox(person: Person, *, in_doubt: bool) -> MailboxReading:
    """The folders as they are now and, when a change is `in_doubt`, what the rules tell of it. One round trip.

    When Microsoft does not answer in time, what is in doubt stays so, and no folder has a name.
    """
    read_at = timezone.now()
    try:
        graph = open_mailbox(person, GRAPH_SECONDS).graph
        if not in_doubt:
            return MailboxReading(tree=read_tree(graph))
        found = read_rules_and_folders(graph)
    except (GraphProblem, *NO_TOKEN) as problem:
        log.warning("the history is shown without a look at the mailbox: %s", type(problem).__name__)
        return MailboxReading()
    tree = found.tree if isinstance(found.tree, Tree) else None
    return MailboxReading(settle_doubts(person, found.rules, read_at), tree)
