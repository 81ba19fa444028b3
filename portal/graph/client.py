"""Microsoft Graph as one person: reads, batches of reads, and writes that are never repeated.

https://learn.microsoft.com/graph/json-batching · https://learn.microsoft.com/graph/paging
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import requests

from portal.graph import errors
from portal.graph.wire import NO_LIMITS, Json, RenewToken, Response, TimeLimits, Transport, new_request_id

GRAPH_URL = "https://graph.microsoft.com/v1.0"
MOST_IN_A_BATCH = 20
MOST_PAGES = 100


@dataclass(frozen=True)
class Read:
    """One read in a batch. With a body it is a POST, as getMailTips wants it; `prefer` is the Prefer header."""

    path: str
    prefer: str = ""
    body: Json | None = None


def quote_id(identifier: str) -> str:
    """An id of Graph's (base64, with / + =) as one segment of a path."""
    return quote(identifier, safe="")


class Graph:
    """One person's Microsoft 365, for the time of one page: `deadline` seconds for everything together.

    All reads raise GraphProblem. A read is repeated at most once, after a short 429, 503 or 504 or a lost connection.
    After a 401 `renew` fetches another token, once, and a read is sent again; a write never is.
    """

    def __init__(
        self,
        session: requests.Session,
        token: str,
        *,
        url: str = GRAPH_URL,
        deadline: float = 10.0,
        renew: RenewToken | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._transport = Transport(session, token, deadline, renew)

    @property
    def seconds_left(self) -> float:
        """Seconds that the page still has for Microsoft's answers."""
        return self._transport.seconds_left

    def renew_token(self, claims: str | None) -> bool:
        """Fetch another token after a 401; False when that was done before. Raises what `renew` raises."""
        return self._transport.renew_token(claims)

    def get(self, path: str, prefer: str = "") -> Json:
        """The JSON object at the path ("/me/…", already encoded)."""
        return self._transport.read("GET", self._url + path, new_request_id(), prefer=prefer).read_json()

    def get_all(self, path: str, prefer: str = "") -> list[Json]:
        """All members of the collection at the path."""
        return self.follow_pages(self.get(path, prefer), prefer)

    def follow_pages(self, first: Json, prefer: str = "") -> list[Json]:
        """All members of a collection whose first page is there already, following its nextLinks."""
        found: list[Json] = []
        page = first
        seen: set[str] = set()
        while True:
            members = list_members(page)
            if members is None:
                raise errors.Unavailable(errors.Trace(200, "value"))
            found += members
            link = page.get("@odata.nextLink")
            if not link:
                return found
            if link in seen or len(seen) >= MOST_PAGES or not self._is_inside_graph(link):
                raise errors.Unavailable(errors.Trace(200, "nextLink"))
            seen.add(link)
            page = self._transport.read("GET", link, new_request_id(), prefer=prefer).read_json()

    def _is_inside_graph(self, link: object) -> bool:
        """A link is followed with the token, so only to Graph itself."""
        if not isinstance(link, str):
            return False
        there, here = urlsplit(link), urlsplit(self._url)
        same_host = (there.scheme, there.netloc.lower()) == (here.scheme, here.netloc.lower())
        return same_host and there.path.startswith(here.path + "/") and ".." not in there.path.split("/")

    def write(self, method: str, path: str, body: Json | None = None, *, limits: TimeLimits = NO_LIMITS) -> Json:
        """What Microsoft answered, {} when it answered nothing. Sent once, also when the token is refused.

        Raises NotSent when it did not leave, Doubtful when it left and no usable answer came; else the problem that
        Microsoft answered with, which is no proof that nothing was changed.
        """
        try:
            response = self._transport.send(method, self._url + path, new_request_id(), body, limits=limits)
        except errors.NoAnswer as problem:
            raise errors.Doubtful(problem.trace) from problem
        if response.status == 204:
            return {}
        try:
            return response.read_json()
        except errors.Unavailable as problem:
            raise errors.Doubtful(problem.trace) from problem

    def batch(self, reads: Sequence[Read | str]) -> list[Json | errors.GraphProblem]:
        """The answers in the order of the reads, each JSON or a problem of its own. A plain string is a path.

        Raises only SignInAgain. Items answered 429 or 401 are repeated once. However many there are, they share one
        client-request-id.
        """
        items = [Read(read) if isinstance(read, str) else read for read in reads]
        request_id = new_request_id()
        found = self._send_batches(items, request_id)
        again = self._find_repeatable(found)
        if again:
            repeated = self._send_batches([items[place] for place in again], request_id)
            for place, answer in zip(again, repeated, strict=True):
                found[place] = answer
        return [_read_outcome(answer) for answer in found]

    def _find_repeatable(self, found: Sequence[Response | errors.GraphProblem]) -> list[int]:
        """The places of the items that can be sent again at once.

        Before it returns it has fetched the new token that a 401 asks for, and waited as a 429 asks. A 429 is left out
        when its wait is too long; nothing is sent again when a 401 asks for a token and this page has had its new one.
        """
        answered = {place: answer for place, answer in enumerate(found) if isinstance(answer, Response)}
        again = [place for place, answer in answered.items() if answer.status == 401]
        if again and not self.renew_token(next((answered[place].claims for place in again), None)):
            return []
        pauses = {place: answer.pause for place, answer in answered.items() if answer.status == 429}
        if pauses and self._transport.pause(max(seconds or 0 for seconds in pauses.values())):
            again += pauses
        return sorted(again)

    def _send_batches(self, reads: Sequence[Read], request_id: str) -> list[Response | errors.GraphProblem]:
        found: list[Response | errors.GraphProblem] = []
        for start in range(0, len(reads), MOST_IN_A_BATCH):
            found += self._send_batch(reads[start : start + MOST_IN_A_BATCH], request_id)
        return found

    def _send_batch(self, reads: Sequence[Read], request_id: str) -> Sequence[Response | errors.GraphProblem]:
        body = {"requests": [_encode_read(number, read, request_id) for number, read in enumerate(reads)]}
        try:
            whole = self._transport.read("POST", f"{self._url}/$batch", request_id, body)
            return _decode_batch(whole, len(reads))
        except errors.SignInAgain:
            raise
        except errors.GraphProblem as problem:
            return [problem] * len(reads)


def list_members(page: Json) -> list[Json] | None:
    """The members of a collection's "value", None when it is not one."""
    found = page.get("value")
    if not isinstance(found, list) or not all(isinstance(member, dict) for member in found):
        return None
    return found


def _encode_read(number: int, read: Read, request_id: str) -> Json:
    """The read as a member of a batch's "requests"."""
    headers = {"client-request-id": request_id}
    if read.prefer:
        headers["Prefer"] = read.prefer
    if read.body is None:
        return {"id": str(number), "method": "GET", "url": read.path, "headers": headers}
    headers["Content-Type"] = "application/json"
    return {"id": str(number), "method": "POST", "url": read.path, "headers": headers, "body": read.body}


def _decode_batch(whole: Response, count: int) -> Sequence[Response | errors.GraphProblem]:
    """The answers in the order of the reads, whatever order they came in. Raises GraphProblem when the batch failed."""
    responses = whole.read_json().get("responses")
    if not isinstance(responses, list):
        raise errors.Unavailable(whole.make_trace("responses"))
    by_id = {str(item.get("id")): item for item in responses if isinstance(item, dict)}
    return [_decode_item(by_id.get(str(number)), whole) for number in range(count)]


def _decode_item(item: Json | None, whole: Response) -> Response | errors.GraphProblem:
    status = item.get("status") if item else None
    if item is None or not isinstance(status, int):
        return errors.Unavailable(whole.make_trace("item"))
    sent = item.get("headers")
    headers = {str(name).lower(): str(value) for name, value in sent.items()} if isinstance(sent, dict) else {}
    headers.setdefault("request-id", whole.headers.get("request-id", ""))
    body = item.get("body")
    return Response(status, headers, body if isinstance(body, dict) else None, whole.client_request_id)


def _read_outcome(answer: Response | errors.GraphProblem) -> Json | errors.GraphProblem:
    """Raises SignInAgain: the token is that of all items."""
    if isinstance(answer, errors.GraphProblem):
        return answer
    try:
        return answer.read_json()
    except errors.SignInAgain:
        raise
    except errors.GraphProblem as problem:
        return problem
