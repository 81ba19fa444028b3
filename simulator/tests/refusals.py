"""What every refusal of the token endpoint looks like."""

from __future__ import annotations

import re
from typing import Any

import requests

MEMBERS = {"error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id", "error_uri"}


def refused(answer: requests.Response, code: int, error: str = "invalid_grant", status: int = 400) -> dict[str, Any]:
    """Its body, once it has all members that it must have and says the same thing in each."""
    body = answer.json()
    assert (answer.status_code, body["error"], body["error_codes"]) == (status, error, [code])
    assert set(body) - {"suberror", "claims"} == MEMBERS
    told = rf"AADSTS{code}: .+ Trace ID: ([-0-9a-f]{{36}}) Correlation ID: ([-0-9a-f]{{36}}) Timestamp: (.+Z)"
    found = re.fullmatch(told, body["error_description"])
    assert found
    assert found.groups() == (body["trace_id"], body["correlation_id"], body["timestamp"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", body["timestamp"])
    assert body["error_uri"] == f"https://login.microsoftonline.com/error?code={code}"
    assert answer.headers["x-ms-request-id"] == body["trace_id"]
    assert answer.headers["Cache-Control"] == "no-store, no-cache"
    return body
