"""A refusal of Entra's: a page for people, a redirect, or the token endpoint's body."""

import string
import uuid
from datetime import UTC, datetime
from typing import Any

from m365_simulator import switches
from m365_simulator.aadsts import TABLE
from m365_simulator.aadsts.meaning import INTERACTION

# What a policy wants shown, for whoever sends it back to the authorize page.
CHALLENGE = '{"access_token":{"capolids":{"essential":true,"values":["3c1a9f0e-52b1-4c57-9d0b-6f0a4b9c2f11"]}}}'


class EntraError(Exception):
    """One refusal. Keywords fill the holes of the text in TABLE."""

    def __init__(self, code: int, **holes: str) -> None:
        self.code, self.meaning, self.holes = code, TABLE[code], holes
        self.trace_id = str(uuid.uuid4())
        self.correlation_id = str(uuid.uuid4())
        self.at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        super().__init__(self.text)

    @property
    def error(self) -> str:
        """OAuth's name for it, at the token endpoint."""
        return str(switches.value("interaction_error")) if self.meaning.error == INTERACTION else self.meaning.error

    @property
    def text(self) -> str:
        return f"AADSTS{self.code}: {self.meaning.text.format_map(self.holes)}"

    @property
    def description(self) -> str:
        return f"{self.text} Trace ID: {self.trace_id} Correlation ID: {self.correlation_id} Timestamp: {self.at}"

    @property
    def address(self) -> str:
        return f"https://login.microsoftonline.com/error?code={self.code}"

    def as_query(self, error: str = "") -> dict[str, str]:
        """What a redirect to the application carries; `error` instead of the number's own."""
        name = error or self.meaning.returned_as or self.error
        cancelled = {"error_subcode": "cancel"} if self.code == 65004 else {}
        return {"error": name, **cancelled, "error_description": self.description, "error_uri": self.address}

    def as_json(self) -> dict[str, Any]:
        """The body of the token endpoint's refusals."""
        body = {
            "error": self.error,
            "error_description": self.description,
            "error_codes": [self.code],
            "timestamp": self.at,
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "error_uri": self.address,
        }
        optional = {"suberror": self.meaning.suberror, "claims": CHALLENGE if self.meaning.challenge else ""}
        return body | {name: value for name, value in optional.items() if value}

    def correlate(self, sent: str) -> None:
        """Take over the client's own id, when it is one."""
        try:
            self.correlation_id = str(uuid.UUID(sent))
        except ValueError:
            return


def list_holes(code: int) -> set[str]:
    """What the text of this number wants filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(TABLE[code].text) if name}
