"""One request to Graph and its answer, within the time that a page has."""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from portal.graph import errors
from portal.graph.answers import Answer, Json, json_object

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
# A page never waits longer than this for one retry.
LONGEST_PAUSE = 2.0

# Fetches another token after a 401, which satisfies the claims (JSON) of its challenge, if there is one.
Renew = Callable[[str | None], str]


@dataclass(frozen=True)
class Limits:
    """Moments of time.monotonic: after `leave_by` a request is not sent, `answer_by` its answer is not waited for."""

    leave_by: float = math.inf
    answer_by: float = math.inf


NO_LIMITS = Limits()


def new_wave() -> str:
    """A client-request-id, shared by the requests that wait for no other."""
    return str(uuid.uuid4())


class Transport:
    """Sends requests with one person's token until `deadline` seconds from now are over."""

    def __init__(self, session: requests.Session, token: str, deadline: float, renew: Renew | None = None) -> None:
        self._session = session
        self._token = token
        self._renew = renew
        self._ends = time.monotonic() + deadline

    @property
    def left(self) -> float:
        """Seconds that the page still has."""
        return self._ends - time.monotonic()

    def send(
        self,
        method: str,
        url: str,
        wave: str,
        body: Json | None = None,
        prefer: str = "",
        limits: Limits = NO_LIMITS,
    ) -> Answer:
        """The answer, whatever its status. Raises NotSent or NoAnswer.

        Each wait of its own is bounded by the time that is left: connecting, and the time between two parts of the
        answer. An answer that trickles may take longer.
        """
        trace = errors.Trace(client_request_id=wave)
        now = time.monotonic()
        left = min(limits.answer_by, self._ends) - now
        if left <= 0 or now >= limits.leave_by:
            raise errors.NotSent(trace)
        try:
            response = self._session.request(
                method,
                url,
                json=body,
                headers=self._headers(wave, prefer),
                timeout=(min(CONNECT_SECONDS, left), min(READ_SECONDS, left)),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise _problem(error, trace) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, json_object(response.content), wave)

    def renew(self, claims: str | None) -> bool:
        """Fetch another token, once for all requests; False when there is none to be had."""
        if self._renew is None:
            return False
        self._token, self._renew = self._renew(claims), None
        return True

    def pause(self, seconds: float | None) -> bool:
        """Wait, if that is short and leaves time to go on; False when it is not worth waiting."""
        if seconds is None or seconds > LONGEST_PAUSE or time.monotonic() + seconds >= self._ends:
            return False
        time.sleep(seconds)
        return True

    def _headers(self, wave: str, prefer: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json", "client-request-id": wave}
        return headers | {"Prefer": prefer} if prefer else headers


def _problem(error: requests.RequestException, trace: errors.Trace) -> errors.Unavailable:
    """Whether the request had left when it failed: a write must know."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    never_left = requests.ConnectTimeout, requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL
    if isinstance(error, never_left) or isinstance(reason, NewConnectionError):
        return errors.NotSent(trace)
    return errors.NoAnswer(trace, lost=not isinstance(error, requests.Timeout))
