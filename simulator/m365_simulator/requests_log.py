"""What was asked of Graph and Entra, in the order it came."""

from dataclasses import asdict, dataclass
from typing import Any

MOST = 100_000  # rows; some 40 MB


@dataclass
class LoggedRequest:
    """`started` and `ended` are monotonic seconds; `status` and `ended` are None while it runs.

    `path` is below /graph/v1.0 (service "graph") or /login/<tenant> (service "login"), with the
    query as it was sent. `status` 0 means that the connection was closed without an answer.
    """

    service: str
    method: str
    path: str
    batch: bool
    client_request_id: str | None
    person: str | None
    started: float
    ended: float | None = None
    status: int | None = None


class RequestsLog:
    """Rows, and the largest number of requests (a `$batch` is one) that were under way at once."""

    def __init__(self) -> None:
        self.rows: list[LoggedRequest] = []
        self.in_flight = 0
        self.most_in_flight = 0

    def clear(self) -> None:
        """Requests under way stay counted, so that the number cannot fall below zero."""
        self.rows.clear()
        self.most_in_flight = self.in_flight

    def start(self, row: LoggedRequest) -> None:
        if len(self.rows) >= MOST:
            del self.rows[: MOST // 2]  # of a run that nobody resets, the older half
        self.rows.append(row)
        if not row.batch:
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)

    def end(self, row: LoggedRequest, status: int, ended: float) -> None:
        row.status, row.ended = status, ended
        if not row.batch:
            self.in_flight -= 1

    def as_json(self) -> dict[str, Any]:
        rows = [asdict(row) for row in self.rows]
        return {"requests": rows, "most_in_flight": self.most_in_flight}
