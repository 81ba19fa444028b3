"""One answer of Graph, alone or inside a batch: its JSON, or the problem it is."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.graph import errors

Json = dict[str, Any]

_BY_CODE: Mapping[str, type[errors.GraphProblem]] = {
    "MailboxNotEnabledForRESTAPI": errors.NoMailbox,
    "MailboxNotSupportedForRESTAPI": errors.NoMailbox,
    "ErrorQuotaExceeded": errors.QuotaExceeded,
    "ErrorNotSupportedMessageRule": errors.ReadOnlyRule,
    "ErrorItemNotFound": errors.Missing,
    "ErrorInvalidIdMalformed": errors.Missing,
    "ErrorFolderNotFound": errors.Missing,
    "ErrorAccessDenied": errors.Forbidden,
}
_BY_STATUS: Mapping[int, type[errors.GraphProblem]] = {403: errors.Forbidden, 404: errors.Missing}
_CLAIMS = re.compile(r'claims="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in lower case) and body; `body` is None when it was no JSON object."""

    status: int
    headers: Mapping[str, str]
    body: Json | None
    client_request_id: str

    @property
    def retry_after(self) -> int | None:
        """Seconds, when Microsoft said a number of them."""
        said = self.headers.get("retry-after", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None

    @property
    def claims(self) -> str | None:
        """What a claims challenge wants, as JSON.

        https://learn.microsoft.com/entra/identity-platform/claims-challenge
        """
        return _claims(self.headers.get("www-authenticate", ""))

    def json(self) -> Json:
        """The body of a success. Raises GraphProblem: the one this answer is, or Unavailable when it is no JSON."""
        if not 200 <= self.status < 300:
            raise self.problem()
        if self.body is None:
            raise errors.Unavailable(self.trace())
        return self.body

    def problem(self) -> errors.GraphProblem:
        """The problem that this answer is, if it is no success."""
        codes = tuple(_codes(self.body))
        known = next((code for code in reversed(codes) if code in _BY_CODE), "")
        trace = self.trace(known or next(iter(codes), ""))
        if self.status == 401:
            return errors.SignInAgain(trace, self.claims)
        if self.status == 429:
            return errors.Busy(trace, self.retry_after)
        if not 400 <= self.status < 500:
            return errors.Unavailable(trace, self.retry_after)
        return _BY_CODE.get(known, _BY_STATUS.get(self.status, errors.Refused))(trace)

    def trace(self, code: str = "") -> errors.Trace:
        return errors.Trace(self.status, code, self.headers.get("request-id", ""), self.client_request_id)


def json_object(text: bytes | str) -> Json | None:
    """The JSON object in the text, None when there is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def rows(body: Json) -> list[Json] | None:
    """The members of a collection's "value", None when it is not one."""
    found = body.get("value")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        return None
    return found


def _codes(body: object) -> Iterator[str]:
    """The codes of an error from the outermost to the most specific; both spellings of innerError exist."""
    error = body.get("error") if isinstance(body, dict) else None
    while isinstance(error, dict):
        if isinstance(error.get("code"), str):
            yield error["code"]
        error = error.get("innerError") or error.get("innererror")


def _claims(challenge: str) -> str | None:
    """The claims of a challenge as JSON text; base64 padding may be missing."""
    found = _CLAIMS.search(challenge) if "insufficient_claims" in challenge else None
    if not found:
        return None
    try:
        return base64.b64decode(found[1] + "=" * (-len(found[1]) % 4), altchars=b"-_").decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
