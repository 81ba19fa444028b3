"""Why a sign-in did not end well. Each reason is a page with the words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# What Microsoft has against this site, not against the person: only an operator can mend it.
OF_THE_REGISTRATION = {"misconfigured", "needs-approval"}
# Microsoft's `error` → reason. https://learn.microsoft.com/entra/identity-platform/reference-error-codes
REASONS = {
    "access_denied": "declined",
    "consent_required": "declined",
    "invalid_grant": "expired",  # the code was used before, or is too old
    "temporarily_unavailable": "unavailable",
    "server_error": "unavailable",
    "invalid_client": "misconfigured",
    "unauthorized_client": "misconfigured",
}
# The number chooses the words that are nearest to the point, and whether the log calls an operator (an ERROR).
REASONS_BY_NUMBER = {
    "AADSTS50105": "not-assigned",
    "AADSTS90094": "needs-approval",
    "AADSTS90095": "needs-approval",
    "AADSTS50020": "other-tenant",
    "AADSTS500208": "other-tenant",
    "AADSTS50034": "other-tenant",
    "AADSTS90072": "other-tenant",
    "AADSTS16000": "other-tenant",
}
NUMBER = re.compile(r"\bAADSTS\d{4,7}\b")
CORRELATION = re.compile(r"Correlation ID: ([0-9a-fA-F-]{36})\b")


class SignInFailed(Exception):
    """`reason` is a key of accounts.sign_in_words; `code` and `correlation` are for the helpdesk and may be empty."""

    def __init__(self, reason: str, code: str = "", correlation: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.correlation = correlation


def make_failure(answer: Mapping[str, Any]) -> SignInFailed:
    """What an error of Microsoft's means: the query of a redirect, or the JSON of the token endpoint."""
    code = code_of(answer)
    reason = REASONS_BY_NUMBER.get(code) or REASONS.get(str(answer.get("error", "")), "refused")
    return SignInFailed(reason, code, correlation_of(answer))


def code_of(answer: Mapping[str, Any]) -> str:
    """The AADSTS number, else a short and plain form of `error`: both come from outside."""
    number = NUMBER.search(str(answer.get("error_description", "")))
    return number[0] if number else re.sub(r"[^a-z_]", "", str(answer.get("error", "")))[:40]


def correlation_of(answer: Mapping[str, Any]) -> str:
    found = CORRELATION.search(f"Correlation ID: {answer.get('correlation_id', '')} ") or CORRELATION.search(
        str(answer.get("error_description", ""))
    )
    return found[1] if found else ""
