"""The messages of a folder in pages, then only what changed.

https://learn.microsoft.com/graph/api/message-delta
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict

from m365_simulator.graph import delta, errors
from m365_simulator.graph.call import Call
from m365_simulator.graph.folders import find_named_folder, folder_path
from m365_simulator.graph.messages import make_row
from m365_simulator.graph.odata.options import Options, read_options, read_query
from m365_simulator.graph.odata.writing import write_row
from m365_simulator.graph.vocabulary import MESSAGE
from m365_simulator.mailbox import ids
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.messages import LASTING, Message

OPTIONS = ("$select", "$top", "$expand", "$filter", "$orderby", "$format")
SINCE = re.compile(r"\s*receivedDateTime\s+g[et]\s+\S+\s*", re.ASCII)
CHANGES = ("created", "updated", "deleted")
LAST = 1e18  # after all moments


def changes(call: Call) -> HttpResponse:
    folder = find_named_folder(call)
    if folder.search:
        raise errors.bad_request("Change tracking is not supported for search folders.", "ErrorInvalidRequest")
    round_ = delta.begin_round(call, folder.id)
    asked = delta.read_delta_options(round_, _options)
    wanted = round_.query.get("changeType", "").casefold()
    if wanted and wanted not in CHANGES:
        raise errors.bad_request(f"Invalid value '{wanted}' for changeType.")
    kinds = (wanted,) if wanted else CHANGES
    gone = _gone(call, folder, round_, asked) if "deleted" in kinds else []
    entries = heapq.merge(_changed(call, folder, round_, asked, kinds), gone, key=lambda entry: entry.key)
    return delta.answer_page(call, round_, entries, asked, f"{folder_path(folder)}/messages")


def _options(query: QueryDict) -> Options:
    """Raises GraphError (400) for a filter or an order that change tracking does not take."""
    asked = read_options(read_query(query), MESSAGE, OPTIONS)
    orders = [(order.path, order.descending) for order in asked.orderby]
    if (asked.filter and not SINCE.fullmatch(asked.filter.text)) or orders not in ([], [("receivedDateTime", True)]):
        raise errors.bad_request("Change tracking is not supported with this query.", "ErrorInvalidUrlQuery")
    return asked


def _changed(
    call: Call, folder: Folder, round_: delta.DeltaRound, asked: Options, wanted: tuple[str, ...]
) -> Iterator[delta.Entry]:
    """In the order of their changes, unless the newest shall come first."""
    contents, told = call.mailbox.messages_in(folder.id), round_.after[0]
    held: Iterable[Message]
    if asked.orderby:
        held = sorted(contents.since(round_.since), key=_newest)
    else:
        held = contents.since(max(round_.since, 0 if told < 0 else int(told)))
    for message in held:
        what = "created" if message.came > round_.since else "updated"
        if what in wanted and (asked.filter is None or asked.filter.test(make_row(call, message))):
            key = _newest(message) if asked.orderby else (message.version, 0)
            yield delta.Entry(key, partial(_written, call, message, asked))


def _newest(message: Message) -> delta.Key:
    return (-message.received.timestamp(), message.first)


def _written(call: Call, message: Message, asked: Options) -> dict[str, Any]:
    return {"@odata.type": f"#{MESSAGE.name}", **write_row(make_row(call, message), asked)}


def _gone(call: Call, folder: Folder, round_: delta.DeltaRound, asked: Options) -> list[delta.Entry]:
    """By the kind of id that is preferred; one that came back under its lasting id is not gone."""
    contents, lasting = call.mailbox.messages_in(folder.id), call.preferences.immutable
    made = []
    for number, (first, version) in contents.left.items() if round_.since else ():
        if version > round_.since and not (lasting and contents.has_first(first)):
            shown = ids.message_id(call.mailbox.key, first + LASTING if lasting else number)
            key = (LAST, version) if asked.orderby else (version, 0)
            made.append(delta.Entry(key, partial(delta.write_removed, shown, MESSAGE.name)))
    return sorted(made, key=lambda entry: entry.key)
