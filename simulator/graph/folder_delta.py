"""The whole folder tree in pages, then only what changed.

https://learn.microsoft.com/graph/api/mailfolder-delta: only `$select` is supported.
"""

from django.http import HttpResponse, QueryDict

from simulator import switches
from simulator.folder import Folder
from simulator.graph import delta
from simulator.graph.call import Call
from simulator.graph.folder_rows import FolderRow
from simulator.graph.odata.options import Options, plain, read
from simulator.graph.odata.row import written
from simulator.graph.vocabulary import MAIL_FOLDER


def changes(call: Call) -> HttpResponse:
    """All below msgfolderroot; hidden ones are not told of (switch)."""
    round_ = delta.begin(call, "mailFolders")
    asked = delta.options(round_, _options)
    hidden = bool(switches.value("delta_includes_hidden"))
    tree = call.mailbox.tree(call.mailbox.top.id)
    entries = [_entry(call, it, asked) for it in tree if it.version > round_.since and (hidden or not it.hidden)]
    if round_.since:
        entries += [_gone(folder, version) for folder, version in call.mailbox.lost.items() if version > round_.since]
    entries.sort(key=lambda entry: entry.key)
    return delta.page(call, round_, entries, asked, "mailFolders")


def _options(query: QueryDict) -> Options:
    return read(plain(query), MAIL_FOLDER, ("$select", "$format"))


def _entry(call: Call, folder: Folder, asked: Options) -> delta.Entry:
    return delta.Entry((folder.version, 0), lambda: written(FolderRow(call.mailbox, folder), asked))


def _gone(folder: str, version: int) -> delta.Entry:
    return delta.Entry((version, 0), lambda: delta.removed(folder, MAIL_FOLDER.name))
