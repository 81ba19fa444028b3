"""Messages that left: forwards, redirects and bounces."""

from dataclasses import dataclass, field
from datetime import UTC, datetime


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Sent:
    """One message that left a mailbox.

    `kind` is forward, redirect, attachment or bounce. `sender` is the visible From.
    `bounce` is the reason of a refusal (RFC 3463 code first), None when delivered. `raw` is the
    message itself.
    """

    to: str
    sender: str
    subject: str
    kind: str
    delivered: bool
    raw: bytes = field(repr=False)
    bounce: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    at: str = field(default_factory=now)

    def as_row(self) -> dict[str, object]:
        """The shape of GET /control/outbox; `size` in bytes."""
        return {
            "to": self.to,
            "from": self.sender,
            "subject": self.subject,
            "kind": self.kind,
            "delivered": self.delivered,
            "bounce": self.bounce,
            "headers": self.headers,
            "size": len(self.raw),
            "at": self.at,
        }

    def as_answer(self) -> dict[str, object]:
        """The shape of a delivery's answer."""
        return {
            "to": self.to,
            "kind": self.kind,
            "delivered": self.delivered,
            "bounce": self.bounce,
        }
