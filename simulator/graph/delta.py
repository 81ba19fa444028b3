"""The whole folder tree in pages, then only what changed.

https://learn.microsoft.com/graph/api/mailfolder-delta: query options on the first call
only; pages by `Prefer: odata.maxpagesize`; `$skiptoken` until `@odata.deltaLink`.
"""

import base64
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpResponse

from simulator import switches
from simulator.folder import Folder
from simulator.graph import errors
from simulator.graph.call import Call, answer
from simulator.graph.folder_rows import row
from simulator.graph.odata import Options, options
from simulator.graph.paging import link
from simulator.graph.vocabulary import MAIL_FOLDER
from simulator.mailbox import Mailbox

PAGE = 10


@dataclass(frozen=True)
class State:
    """What a token carries: where to begin, what to show, since which version of the tree."""

    offset: int
    select: list[str] | None
    size: int
    since: int

    def token(self) -> str:
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()


def changes(call: Call) -> HttpResponse:
    state = _state(call)
    asked = Options(select=tuple(state.select) if state.select is not None else None)
    rows = [row(call.mailbox, folder, asked) for folder in _since(call.mailbox, state.since)]
    end = state.offset + state.size
    body: dict[str, Any] = {"@odata.context": call.context("mailFolders")}
    body["value"] = rows[state.offset : end]
    if end < len(rows):
        more = State(end, state.select, state.size, state.since)
        body["@odata.nextLink"] = link(call, {"$skiptoken": more.token()})
    else:
        last = State(0, state.select, state.size, call.mailbox.version)
        body["@odata.deltaLink"] = link(call, {"$deltatoken": last.token()})
    response = answer(body)
    response["Preference-Applied"] = f"odata.maxpagesize={state.size}"
    return response


def _since(mailbox: Mailbox, version: int) -> list[Folder]:
    """All below msgfolderroot that changed; hidden ones are not told (switch)."""
    hidden = switches.value("delta_includes_hidden")
    tree = mailbox.tree(mailbox.top.id)
    return [it for it in tree if it.version > version and (hidden or not it.hidden)]


def _state(call: Call) -> State:
    token = call.query.get("$skiptoken") or call.query.get("$deltatoken")
    if token:
        return _read(token, _size(call))
    asked = options(call.query, MAIL_FOLDER)
    if asked.expand or asked.filter or asked.top:
        raise errors.bad_request("Only $select is supported here.", "ErrorInvalidUrlQuery")
    return State(0, list(asked.select) if asked.select is not None else None, _size(call), 0)


def _read(token: str, size: int) -> State:
    try:
        state = State(**json.loads(base64.urlsafe_b64decode(token.encode("ascii"))))
        select = None if state.select is None else [str(name) for name in state.select]
        return State(int(state.offset), select, size, int(state.since))
    except (ValueError, TypeError, RecursionError):
        raise errors.bad_request("Badly formed token.") from None


def _size(call: Call) -> int:
    preferred = re.search(r"odata\.maxpagesize\s*=\s*(\d{1,4})", call.request.headers.get("Prefer", ""))
    return max(1, int(preferred.group(1))) if preferred else PAGE
