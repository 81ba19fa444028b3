"""One request to Microsoft Graph on the wire, and what its answer means.

https://learn.microsoft.com/graph/errors · https://learn.microsoft.com/graph/best-practices-concept
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from portal.graph import errors

Json = dict[str, Any]
# Fetches another token after a 401, which satisfies the claims (JSON) of its challenge, if there is one.
RenewToken = Callable[[str | None], str]

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
# A page never waits longer than this for one retry, and this long when Microsoft does not say how long it is busy.
LONGEST_PAUSE = 2.0
DEFAULT_PAUSE = 1.0

_PROBLEM_BY_CODE: Mapping[str, type[errors.GraphProblem]] = {
    "MailboxNotEnabledForRESTAPI": errors.NoMailbox,
    "MailboxNotSupportedForRESTAPI": errors.NoMailbox,
    "ErrorQuotaExceeded": errors.QuotaExceeded,
    "ErrorNotSupportedMessageRule": errors.ReadOnlyRule,
    "ErrorItemNotFound": errors.Missing,
    "ErrorInvalidIdMalformed": errors.Missing,
    "ErrorFolderNotFound": errors.Missing,
    "ErrorAccessDenied": errors.Forbidden,
}
_PROBLEM_BY_STATUS: Mapping[int, type[errors.GraphProblem]] = {403: errors.Forbidden, 404: errors.Missing}
_CLAIMS = re.compile(r'claims="([^"]*)"')


@dataclass(frozen=True)
class TimeLimits:
    """Moments of time.monotonic: after `leave_by` a request is not sent, `answer_by` its answer is not waited for."""

    leave_by: float = math.inf
    answer_by: float = math.inf


NO_LIMITS = TimeLimits()


def new_request_id() -> str:
    """A client-request-id. Requests that do not wait for one another share one, so that round trips can be counted."""
    return str(uuid.uuid4())


class Transport:
    """Sends requests with one person's token until `deadline` seconds from now are over."""

    def __init__(self, session: requests.Session, token: str, deadline: float, renew: RenewToken | None = None) -> None:
        self._session = session
        self._token = token
        self._renew = renew
        self._ends = time.monotonic() + deadline

    @property
    def seconds_left(self) -> float:
        """Seconds that the page still has."""
        return self._ends - time.monotonic()

    def read(self, method: str, url: str, request_id: str, body: Json | None = None, prefer: str = "") -> Response:
        """The answer to a request that changes nothing, whatever its status. Raises NotSent or NoAnswer.

        Sent again at most once after a short 429, 503 or 504 or a lost connection, and once with another token.
        """
        try:
            response = self._send_with_renewal(method, url, request_id, body, prefer)
            if not self.pause(response.pause):
                return response
        except errors.NoAnswer as problem:
            if not problem.lost:
                raise
        return self._send_with_renewal(method, url, request_id, body, prefer)

    def _send_with_renewal(self, method: str, url: str, request_id: str, body: Json | None, prefer: str) -> Response:
        response = self.send(method, url, request_id, body, prefer)
        if response.status == 401 and self.renew_token(response.claims):
            return self.send(method, url, request_id, body, prefer)
        return response

    def send(
        self,
        method: str,
        url: str,
        request_id: str,
        body: Json | None = None,
        prefer: str = "",
        limits: TimeLimits = NO_LIMITS,
    ) -> Response:
        """The answer to a request that is sent once, whatever its status. Raises NotSent or NoAnswer.

        Each wait of its own is bounded by the time that is left: connecting, and the time between two parts of the
        answer. An answer that trickles may take longer.
        """
        trace = errors.Trace(client_request_id=request_id)
        now = time.monotonic()
        left = min(limits.answer_by, self._ends) - now
        if left <= 0 or now >= limits.leave_by:
            raise errors.NotSent(trace)
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        headers |= {"client-request-id": request_id} | ({"Prefer": prefer} if prefer else {})
        try:
            response = self._session.request(
                method,
                url,
                json=body,
                headers=headers,
                timeout=(min(CONNECT_SECONDS, left), min(READ_SECONDS, left)),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise _make_problem(error, trace) from error
        lower_case = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status_code, lower_case, parse_object(response.content), request_id)

    def renew_token(self, claims: str | None) -> bool:
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


def _make_problem(error: requests.RequestException, trace: errors.Trace) -> errors.Unavailable:
    """Whether the request had left when it failed: a write must know."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    never_left = requests.ConnectTimeout, requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL
    if isinstance(error, never_left) or isinstance(reason, NewConnectionError):
        return errors.NotSent(trace)
    return errors.NoAnswer(trace, lost=not isinstance(error, requests.Timeout))


@dataclass(frozen=True)
class Response:
    """Graph's answer to one request, alone or inside a batch.

    Status, headers (names in lower case) and body; `body` is None when it was no JSON object.
    """

    status: int
    headers: Mapping[str, str]
    body: Json | None
    client_request_id: str

    @property
    def retry_after(self) -> int | None:
        """Seconds; None when Microsoft gave none, or a date."""
        value = self.headers.get("retry-after", "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None

    @property
    def pause(self) -> float | None:
        """Seconds after which the request is worth sending again, None when it is not."""
        if self.status not in (429, 503, 504):
            return None
        return DEFAULT_PAUSE if self.retry_after is None else self.retry_after

    @property
    def claims(self) -> str | None:
        """What a claims challenge wants, as JSON text; base64 padding may be missing.

        https://learn.microsoft.com/entra/identity-platform/claims-challenge
        """
        challenge = self.headers.get("www-authenticate", "")
        found = _CLAIMS.search(challenge) if "insufficient_claims" in challenge else None
        if not found:
            return None
        try:
            return base64.b64decode(found[1] + "=" * (-len(found[1]) % 4), altchars=b"-_").decode()
        except (binascii.Error, UnicodeDecodeError):
            return None

    @property
    def problem(self) -> errors.GraphProblem:
        """The problem that this answer is, if it is no success."""
        codes = tuple(_list_error_codes(self.body))
        known = next((code for code in reversed(codes) if code in _PROBLEM_BY_CODE), "")
        trace = self.make_trace(known or next(iter(codes), ""))
        if self.status == 401:
            return errors.SignInAgain(trace, self.claims)
        if self.status == 429:
            return errors.Busy(trace, self.retry_after)
        if not 400 <= self.status < 500:
            return errors.Unavailable(trace, self.retry_after)
        return _PROBLEM_BY_CODE.get(known, _PROBLEM_BY_STATUS.get(self.status, errors.Refused))(trace)

    def read_json(self) -> Json:
        """The body of a success. Raises GraphProblem: the one this answer is, or Unavailable when it is no JSON."""
        if not 200 <= self.status < 300:
            raise self.problem
        if self.body is None:
            raise errors.Unavailable(self.make_trace())
        return self.body

    def make_trace(self, code: str = "") -> errors.Trace:
        return errors.Trace(self.status, code, self.headers.get("request-id", ""), self.client_request_id)


def parse_object(text: bytes | str) -> Json | None:
    """The JSON object in the text, None when there is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _list_error_codes(body: object) -> Iterator[str]:
    """The codes of an error from the outermost to the most specific; both spellings of innerError exist."""
    error = body.get("error") if isinstance(body, dict) else None
    while isinstance(error, dict):
        if isinstance(error.get("code"), str):
            yield error["code"]
        error = error.get("innerError") or error.get("innererror")
