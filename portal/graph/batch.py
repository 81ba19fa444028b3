"""The JSON of a batch: several reads in one request.

https://learn.microsoft.com/graph/json-batching
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.graph import errors
from portal.graph.answers import Answer, Json


@dataclass(frozen=True)
class Read:
    """One read. With a body it is asked by POST, as getMailTips wants it; `prefer` is the Prefer header."""

    path: str
    prefer: str = ""
    body: Json | None = None


def as_request(number: int, read: Read, wave: str) -> Json:
    """The read as a member of "requests"."""
    headers = {"client-request-id": wave}
    if read.prefer:
        headers["Prefer"] = read.prefer
    if read.body is None:
        return {"id": str(number), "method": "GET", "url": read.path, "headers": headers}
    headers["Content-Type"] = "application/json"
    return {"id": str(number), "method": "POST", "url": read.path, "headers": headers, "body": read.body}


def item_answers(whole: Answer, count: int) -> Sequence[Answer | errors.GraphProblem]:
    """The answers in the order asked, whatever order they came in. Raises GraphProblem when the batch failed."""
    responses = whole.json().get("responses")
    if not isinstance(responses, list):
        raise errors.Unavailable(whole.trace("responses"))
    by_id = {str(item.get("id")): item for item in responses if isinstance(item, dict)}
    return [_item_answer(by_id.get(str(number)), whole) for number in range(count)]


def _item_answer(item: Json | None, whole: Answer) -> Answer | errors.GraphProblem:
    status = item.get("status") if item else None
    if item is None or not isinstance(status, int):
        return errors.Unavailable(whole.trace("item"))
    sent = item.get("headers")
    headers = {str(name).lower(): str(value) for name, value in sent.items()} if isinstance(sent, dict) else {}
    headers.setdefault("request-id", whole.headers.get("request-id", ""))
    body = item.get("body")
    return Answer(status, headers, body if isinstance(body, dict) else None, whole.client_request_id)
