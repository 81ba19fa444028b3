"""Faults made to order: the next matching requests are answered late, wrongly, or not at all."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from django.http import HttpResponse


@dataclass
class Fault:
    """`match` is a shell pattern on "METHOD /path", with or without the query.

    The path is below /graph/v1.0 for Graph and below /login/<tenant> for Entra. `address` leaves
    everybody else alone; `times` is how many requests it hits (all, when left out).

    `delay_ms` milliseconds pass first. With `status` (and `headers`, `body`) or `drop` (no answer at
    all) the request is not carried out, unless `apply` is set; without them the real answer is
    given, with `headers` laid over its own. `apply_after_ms` (which implies `apply`): the answer goes
    out at once, and the request is carried out that much later, on what the mailbox holds then.
    `truncate_at` cuts the answer to so many bytes; with `drop` it announces its full length and the
    connection ends after those bytes.
    """

    match: str
    address: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = ""
    delay_ms: int = 0
    times: int | None = None
    apply: bool = False
    apply_after_ms: int | None = None
    drop: bool = False
    truncate_at: int | None = None
    hits: int = 0

    def __post_init__(self) -> None:
        self.apply = self.apply or self.apply_after_ms is not None

    def fits(self, line: str, address: str | None) -> bool:
        spent = self.times is not None and self.hits >= self.times
        stranger = self.address is not None and self.address.lower() != (address or "")
        asked = (line, line.partition("?")[0])
        return not spent and not stranger and any(fnmatchcase(it, self.match) for it in asked)

    @property
    def is_silent(self) -> bool:
        """Whether no byte of an answer goes out."""
        return self.drop and self.truncate_at is None

    @property
    def replaces_answer(self) -> bool:
        return self.status is not None or self.is_silent

    def answer(self) -> HttpResponse:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        kind = "text/html" if isinstance(self.body, str) else "application/json"
        return self.dressed(HttpResponse(text, status=self.status, content_type=kind))

    def dressed(self, response: HttpResponse) -> HttpResponse:
        """The same with the fault's headers, and cut short where it says so."""
        for name, value in self.headers.items():
            response[name] = value
        if self.truncate_at is not None:
            whole = response.content
            response.content = whole[: self.truncate_at]
            if self.drop:
                response["Content-Length"] = str(len(whole))
        return response


class Faults:
    """Those asked for, oldest first; the first that fits and is not used up is taken."""

    def __init__(self) -> None:
        self.listed: list[Fault] = []

    def clear(self) -> None:
        self.listed.clear()

    def add(self, fault: Fault) -> None:
        self.listed.append(fault)

    def take(self, line: str, address: str | None) -> Fault | None:
        """Call with the tenant's lock held: a fault of one time must hit one request only."""
        fault = next((it for it in self.listed if it.fits(line, address)), None)
        if fault:
            fault.hits += 1
        return fault

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.listed]


class Pending:
    """Requests that were answered before they take effect (`apply_after_ms`), each in a thread of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: set[threading.Timer] = set()

    def add(self, milliseconds: int, effect: Callable[[], object]) -> None:
        """Call `effect` that much later, unless `clear()` comes before."""

        def take_effect() -> None:
            try:
                effect()
            finally:
                with self.lock:
                    self.waiting.discard(timer)

        timer = threading.Timer(milliseconds / 1000, take_effect)
        timer.daemon = True
        with self.lock:
            self.waiting.add(timer)
            timer.start()

    def clear(self) -> None:
        """What has not begun never will; what has begun is waited for.

        Call without the tenant's lock, which what has begun may need.
        """
        with self.lock:
            ended = list(self.waiting)
            self.waiting.clear()
        for timer in ended:
            timer.cancel()
        for timer in ended:
            timer.join()
