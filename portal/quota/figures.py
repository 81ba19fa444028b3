"""What the meter of a mailbox draws and says."""

from __future__ import annotations

from dataclasses import dataclass

from portal.mailbox.quota import QuotaState, Usage

# The length of the meter in its own units.
WIDTH = 1000


@dataclass(frozen=True)
class Gauge:
    """The meter of one mailbox. Its limit is the usual one, so nothing but Microsoft's word makes it full."""

    usage: Usage

    @property
    def headline(self) -> str:
        """Which sentence says how it stands: "full", "over", "look", "room" or "unknown"."""
        state = self.usage.state
        if state is QuotaState.LOOK and self.left == 0:
            return "over"
        if state is QuotaState.OK:
            return "unknown" if self.usage.unmeasured else "room"
        return {QuotaState.FULL: "full", QuotaState.LOOK: "look"}.get(state, "unknown")

    @property
    def is_drawn(self) -> bool:
        return self.usage.percent is not None

    @property
    def looks(self) -> bool:
        return self.usage.state in (QuotaState.LOOK, QuotaState.FULL)

    @property
    def fill(self) -> int:
        """Of WIDTH; a mailbox above its limit fills the meter and no more."""
        used, limit = self.usage.used or 0, self.usage.limit or 1
        return min(WIDTH, used * WIDTH // limit)

    @property
    def now(self) -> int:
        """Bytes, within the meter's ends."""
        return min(self.usage.used or 0, self.usage.limit or 0)

    @property
    def half(self) -> int:
        return (self.usage.limit or 0) // 2

    @property
    def left(self) -> int:
        """Bytes up to the usual limit."""
        return max(0, (self.usage.limit or 0) - (self.usage.used or 0))
