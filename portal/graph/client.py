"""Microsoft Graph as one person: reads, batches of reads, and writes that are never repeated.

https://learn.microsoft.com/graph/json-batching · https://learn.microsoft.com/graph/best-practices-concept
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import requests

from portal.graph import errors
from portal.graph.answers import Answer, Json, rows
from portal.graph.batch import Read, as_request, item_answers
from portal.graph.transport import NO_LIMITS, Limits, Renew, Transport, new_wave

__all__ = ["Graph", "Json", "Read", "quoted"]

GRAPH_URL = "https://graph.microsoft.com/v1.0"
MOST_IN_A_BATCH = 20
MOST_PAGES = 100
# Where Microsoft answers 429 without saying for how long.
PAUSE_UNSAID = 1.0


def quoted(identifier: str) -> str:
    """An id of Graph's (base64, with / + =) as one segment of a path."""
    return quote(identifier, safe="")


class Graph:
    """One person's Microsoft 365, for the time of one page: `deadline` seconds for everything together.

    All reads raise GraphProblem. A read is repeated at most once, after a short 429, 503 or 504 or a lost connection.
    After a 401 `renew` fetches another token, once, and a read is asked again; a write never is.
    """

    def __init__(
        self,
        session: requests.Session,
        token: str,
        *,
        url: str = GRAPH_URL,
        deadline: float = 10.0,
        renew: Renew | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._transport = Transport(session, token, deadline, renew)

    def get(self, path: str, prefer: str = "") -> Json:
        """The JSON object at the path ("/me/…", already encoded)."""
        return self._read("GET", self._url + path, new_wave(), prefer=prefer).json()

    def pages(self, path: str, prefer: str = "") -> list[Json]:
        """All members of the collection at the path."""
        return self.collection(self.get(path, prefer), prefer)

    def collection(self, first: Json, prefer: str = "") -> list[Json]:
        """All members of a collection whose first page is there already, following its nextLinks."""
        found: list[Json] = []
        page: Json = first
        seen: set[str] = set()
        while True:
            found += self._rows(page)
            link = page.get("@odata.nextLink")
            if not link:
                return found
            if link in seen or len(seen) >= MOST_PAGES or not self._is_ours(link):
                raise errors.Unavailable(errors.Trace(200, "nextLink"))
            seen.add(link)
            page = self._read("GET", link, new_wave(), prefer=prefer).json()

    def batch(self, reads: Sequence[Read | str]) -> list[Json | errors.GraphProblem]:
        """The answers in the order asked, each JSON or a problem of its own; one wave however many there are.

        Raises only SignInAgain. Items answered 429 or 401 are repeated once.
        """
        asked = [Read(read) if isinstance(read, str) else read for read in reads]
        wave = new_wave()
        found = self._batches(asked, wave)
        again = self._worth_repeating(found)
        if again:
            for place, answer in zip(again, self._batches([asked[place] for place in again], wave), strict=True):
                found[place] = answer
        return [_outcome(answer) for answer in found]

    def _worth_repeating(self, found: Sequence[Answer | errors.GraphProblem]) -> list[int]:
        """The places of the items that may do better now; the wait or the new token is behind us then."""
        refused = {place: answer for place, answer in enumerate(found) if isinstance(answer, Answer)}
        again = [place for place, answer in refused.items() if answer.status == 401]
        if again and not self._transport.renew(next((refused[place].claims for place in again), None)):
            return []
        pauses = {place: _pause(answer) for place, answer in refused.items() if answer.status == 429}
        if pauses and self._transport.pause(max(seconds or 0 for seconds in pauses.values())):
            again += pauses
        return sorted(again)

    @property
    def left(self) -> float:
        """Seconds that the page still has for Microsoft's answers."""
        return self._transport.left

    def renew(self, claims: str | None) -> bool:
        """Fetch another token after a 401; False when that was done before. Raises what `renew` raises."""
        return self._transport.renew(claims)

    def write(self, method: str, path: str, body: Json | None = None, *, limits: Limits = NO_LIMITS) -> Json:
        """What Microsoft answered, {} when it answered nothing. Sent once, also when the token is refused.

        Raises NotSent when it did not leave, Doubtful when it left and no usable answer came; else the problem that
        Microsoft answered with, which is no proof that nothing was changed.
        """
        try:
            answer = self._transport.send(method, self._url + path, new_wave(), body, limits=limits)
        except errors.NoAnswer as problem:
            raise errors.Doubtful(problem.trace) from problem
        if answer.status == 204:
            return {}
        try:
            return answer.json()
        except errors.Unavailable as problem:
            raise errors.Doubtful(problem.trace) from problem

    def _read(self, method: str, url: str, wave: str, body: Json | None = None, prefer: str = "") -> Answer:
        try:
            answer = self._send(method, url, wave, body, prefer)
            if not self._transport.pause(_pause(answer)):
                return answer
        except errors.NoAnswer as problem:
            if not problem.lost:
                raise
        return self._send(method, url, wave, body, prefer)

    def _send(self, method: str, url: str, wave: str, body: Json | None = None, prefer: str = "") -> Answer:
        answer = self._transport.send(method, url, wave, body, prefer)
        if answer.status == 401 and self._transport.renew(answer.claims):
            return self._transport.send(method, url, wave, body, prefer)
        return answer

    def _batches(self, reads: Sequence[Read], wave: str) -> list[Answer | errors.GraphProblem]:
        found: list[Answer | errors.GraphProblem] = []
        for start in range(0, len(reads), MOST_IN_A_BATCH):
            found += self._one_batch(reads[start : start + MOST_IN_A_BATCH], wave)
        return found

    def _one_batch(self, reads: Sequence[Read], wave: str) -> Sequence[Answer | errors.GraphProblem]:
        body = {"requests": [as_request(number, read, wave) for number, read in enumerate(reads)]}
        try:
            answer = self._read("POST", f"{self._url}/$batch", wave, body)
            return item_answers(answer, len(reads))
        except errors.SignInAgain:
            raise
        except errors.GraphProblem as problem:
            return [problem] * len(reads)

    def _rows(self, page: Json) -> list[Json]:
        found = rows(page)
        if found is None:
            raise errors.Unavailable(errors.Trace(200, "value"))
        return found

    def _is_ours(self, link: object) -> bool:
        """A link is followed with the token, so only to Graph itself."""
        if not isinstance(link, str):
            return False
        there, here = urlsplit(link), urlsplit(self._url)
        same_host = (there.scheme, there.netloc.lower()) == (here.scheme, here.netloc.lower())
        return same_host and there.path.startswith(here.path + "/") and ".." not in there.path.split("/")


def _pause(answer: Answer) -> float | None:
    """Seconds after which an answer is worth asking for again, None when it is not."""
    if answer.status == 429 or answer.status in (503, 504):
        return PAUSE_UNSAID if answer.retry_after is None else answer.retry_after
    return None


def _outcome(answer: Answer | errors.GraphProblem) -> Json | errors.GraphProblem:
    """Raises SignInAgain: the token is that of all items."""
    if isinstance(answer, errors.GraphProblem):
        return answer
    try:
        return answer.json()
    except errors.SignInAgain:
        raise
    except errors.GraphProblem as problem:
        return problem
