"""The whole folder tree in pages, then only what changed.

https://learn.microsoft.com/graph/api/mailfolder-delta: only `$select` is supported.
"""

from heapq import merge

from django.http import HttpResponse, QueryDict

from m365_simulator import switches
from m365_simulator.graph import delta
from m365_simulator.graph.call import Call
from m365_simulator.graph.folder_rows import FolderRow
from m365_simulator.graph.odata.options import Options, read_options, read_query
from m365_simulator.graph.odata.writing import write_row
from m365_simulator.graph.vocabulary import MAIL_FOLDER
from m365_simulator.mailbox.folders import Folder


def changes(call: Call) -> HttpResponse:
    """All below msgfolderroot; hidden ones are not told of (switch)."""
    round_ = delta.begin_round(call, "mailFolders")
    asked = delta.read_delta_options(round_, _options)
    hidden = bool(switches.value("delta_includes_hidden"))
    untold = max(round_.since, round_.after[0])
    tree = call.mailbox.tree(call.mailbox.top.id)
    there = sorted((it for it in tree if it.version > untold and (hidden or not it.hidden)), key=_version)
    lost = call.mailbox.lost.items() if round_.since else ()
    gone = sorted((version, folder) for folder, version in lost if version > untold)
    # entries are made one by one: a page of ten in a thousand folders makes eleven
    entries = merge(
        (_entry(call, folder, asked) for folder in there),
        (_gone(folder, version) for version, folder in gone),
        key=lambda entry: entry.key,
    )
    return delta.answer_page(call, round_, entries, asked, "mailFolders")


def _version(folder: Folder) -> int:
    return folder.version


def _options(query: QueryDict) -> Options:
    return read_options(read_query(query), MAIL_FOLDER, ("$select", "$format"))


def _entry(call: Call, folder: Folder, asked: Options) -> delta.Entry:
    return delta.Entry((folder.version, 0), lambda: write_row(FolderRow(call.mailbox, folder), asked))


def _gone(folder: str, version: int) -> delta.Entry:
    return delta.Entry((version, 0), lambda: delta.write_removed(folder, MAIL_FOLDER.name))
