"""A refusal of Entra's: a page for people, a redirect, or the token endpoint's body."""

import uuid
from datetime import UTC, datetime
from typing import Any

from simulator.entra.codes import TABLE


class EntraError(Exception):
    """One refusal. Keywords fill the holes of the text in TABLE."""

    def __init__(self, code: int, *, error: str | None = None, claims: str = "", **holes: str):
        known = TABLE[code]
        self.code, self.status, self.suberror = code, known.status, known.suberror
        self.error = error or known.error
        self.claims = claims
        self.holes = holes
        self.trace_id = str(uuid.uuid4())
        self.correlation_id = str(uuid.uuid4())
        self.at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        super().__init__(self.text)

    @property
    def text(self) -> str:
        return f"AADSTS{self.code}: {TABLE[self.code].text.format_map(self.holes)}"

    @property
    def description(self) -> str:
        return f"{self.text} Trace ID: {self.trace_id} Correlation ID: {self.correlation_id} Timestamp: {self.at}"

    def as_query(self) -> dict[str, str]:
        """What a redirect to the application carries."""
        return {"error": self.error, "error_description": self.description}

    def as_json(self) -> dict[str, Any]:
        """The body of the token endpoint's refusals."""
        body = {
            "error": self.error,
            "error_description": self.description,
            "error_codes": [self.code],
            "timestamp": self.at,
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.code}",
        }
        optional = {"suberror": self.suberror, "claims": self.claims}
        return body | {name: value for name, value in optional.items() if value}
