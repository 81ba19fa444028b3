"""Faults made to order: the next matching requests are answered late, wrongly, or not at all."""

import json
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from django.http import HttpResponse

LONGEST_MS = 3_600_000  # an hour
KINDS: dict[str, Any] = {
    "match": str,
    "address": str,
    "status": int,
    "headers": dict,
    "body": (str, dict, list),
    "delay_ms": int,
    "times": int,
    "apply": bool,
    "apply_after_ms": int,
    "drop": bool,
}


class BadFault(ValueError):
    """What was sent does not describe a fault; the text says why."""


@dataclass
class Fault:
    """`match` is a shell pattern on "METHOD /path", with or without the query.

    The path is below /graph/v1.0 for Graph and below /login/<tenant> for Entra.
    `delay_ms` milliseconds pass first. With `status` (or `drop`: no answer at all) the request
    is not carried out, unless `apply` is set; without them the real answer is given.
    `apply_after_ms` (which implies `apply`): the answer goes out at once, and the request is carried
    out that much later, on what the mailbox holds then.
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
    hits: int = 0

    def __post_init__(self) -> None:
        self.apply = self.apply or self.apply_after_ms is not None

    def fits(self, line: str, address: str | None) -> bool:
        spent = self.times is not None and self.hits >= self.times
        stranger = self.address is not None and self.address.lower() != (address or "")
        asked = (line, line.partition("?")[0])
        return not spent and not stranger and any(fnmatchcase(it, self.match) for it in asked)

    @property
    def replaces_answer(self) -> bool:
        return self.status is not None or self.drop

    def answer(self) -> HttpResponse:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        kind = "text/html" if isinstance(self.body, str) else "application/json"
        response = HttpResponse(text, status=self.status, content_type=kind)
        for name, value in self.headers.items():
            response[name] = str(value)
        return response


class Faults:
    """Those asked for, oldest first; the first that fits and is not used up is taken."""

    def __init__(self) -> None:
        self.listed: list[Fault] = []

    def clear(self) -> None:
        self.listed.clear()

    def add(self, wanted: dict[str, Any]) -> None:
        self.listed.append(fault_from_json(wanted))

    def take(self, line: str, address: str | None) -> Fault | None:
        """Call with the tenant's lock held: a fault of one time must hit one request only."""
        fault = next((it for it in self.listed if it.fits(line, address)), None)
        if fault:
            fault.hits += 1
        return fault

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.listed]


def fault_from_json(wanted: dict[str, Any]) -> Fault:
    """Raises BadFault for an unknown name, a value of the wrong kind, or no `match`."""
    unknown = sorted(set(wanted) - set(KINDS))
    if unknown:
        raise BadFault(f"unknown: {', '.join(unknown)}; known: {', '.join(KINDS)}")
    given = {name: value for name, value in wanted.items() if value is not None}
    for name, value in given.items():
        if not isinstance(value, KINDS[name]) or (KINDS[name] is int and isinstance(value, bool)):
            raise BadFault(f"{name} has the wrong type: {value!r}")
    if "match" not in given:
        raise BadFault('match is missing, for example "POST */messageRules"')
    if not 100 <= given.get("status", 200) <= 599:
        raise BadFault("status must be between 100 and 599")
    for name in ("delay_ms", "apply_after_ms"):
        if not 0 <= given.get(name, 0) <= LONGEST_MS:
            raise BadFault(f"{name} must be between 0 and {LONGEST_MS}")
    fault = Fault(**given)
    if fault.apply_after_ms is not None and not fault.replaces_answer:
        raise BadFault("apply_after_ms needs a status, or drop: the real answer is not known yet")
    return fault
