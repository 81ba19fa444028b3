"""Why a sign-in did not end well. Each reason is a page with the words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# reason → HTTP status of its page
STATUSES = {
    "declined": 403,
    "other-tenant": 403,
    "refused": 403,
    "expired": 400,
    "unavailable": 503,
    "misconfigured": 503,
}
# Microsoft's `error` → reason. Its AADSTS numbers are for the helpdesk, not for code:
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
REASONS = {
    "access_denied": "declined",
    "consent_required": "declined",
    "invalid_grant": "expired",  # the code was used before, or is too old
    "temporarily_unavailable": "unavailable",
    "server_error": "unavailable",
    "invalid_client": "misconfigured",
    "unauthorized_client": "misconfigured",
}
NUMBER = re.compile(r"\bAADSTS\d{4,7}\b")
CORRELATION = re.compile(r"Correlation ID: ([0-9a-fA-F-]{36})\b")


class SignInFailed(Exception):
    """`reason` is a key of STATUSES; `code` and `correlation` are for the helpdesk and may be empty."""

    def __init__(self, reason: str, code: str = "", correlation: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.correlation = correlation


def failure(answer: Mapping[str, Any]) -> SignInFailed:
    """What an error of Microsoft's means: the query of a redirect, or the JSON of the token endpoint."""
    error = str(answer.get("error", ""))
    return SignInFailed(REASONS.get(error, "refused"), code_of(answer), correlation_of(answer))


def code_of(answer: Mapping[str, Any]) -> str:
    """The AADSTS number, else a short and plain form of `error`: both come from outside."""
    number = NUMBER.search(str(answer.get("error_description", "")))
    return number[0] if number else re.sub(r"[^a-z_]", "", str(answer.get("error", "")))[:40]


def correlation_of(answer: Mapping[str, Any]) -> str:
    found = CORRELATION.search(f"Correlation ID: {answer.get('correlation_id', '')} ") or CORRELATION.search(
        str(answer.get("error_description", ""))
    )
    return found[1] if found else ""
