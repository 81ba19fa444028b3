"""Messages that left: forwards, redirects and bounces."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Sent:
    """One message that left a mailbox.

    `kind` is forward, redirect, attachment or bounce. `sender` is the visible From.
    `bounce` is the reason of a refusal (RFC 3463 code first), None when delivered.
    """

    to: str
    sender: str
    subject: str
    kind: str
    delivered: bool
    bounce: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    at: str = field(default_factory=now)

    def as_row(self) -> dict[str, object]:
        """The shape of GET /control/outbox: `from` stands for the sender."""
        row = asdict(self)
        return {"to": row.pop("to"), "from": row.pop("sender"), **row}

    def as_answer(self) -> dict[str, object]:
        """The shape of a delivery's answer."""
        return {
            "to": self.to,
            "kind": self.kind,
            "delivered": self.delivered,
            "bounce": self.bounce,
        }
