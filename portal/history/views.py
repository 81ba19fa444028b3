"""Every change that this site made to the person's mailbox."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.changes import journal
from portal.connect import person_of
from portal.history.entries import entry_of
from portal.history.mailbox import read_mailbox

ENTRIES_PER_PAGE = 50


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Newest first. The journal is ours: Microsoft is asked for what it may tell besides, and may fail to answer."""
    person = person_of(request)
    in_doubt = journal.list_unsettled(person).exists()
    mailbox = read_mailbox(person, in_doubt=True) if in_doubt else None
    shown = Paginator(journal.list_changes(person), ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    entries = [entry_of(change) for change in shown]
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
