"""What Microsoft does wrongly with one request of a change: which request, and how."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RULES = "/me/mailFolders/inbox/messageRules"
HTML = "<html><body><h1>Service unavailable</h1></body></html>"
SENT_AS = {"make": "POST", "edit": "PATCH", "switch": "PATCH", "delete": "DELETE", "forward": "*", "stop": "*"}
# How often the site reads the rules before it writes: under the lease, and some views for their own page before that.
READ_BEFORE = {"make": 2, "edit": 2, "switch": 2, "delete": 1, "forward": 1, "stop": 1}
# A request of the harness itself, or of Outlook, has /users/ in its path: no fault is meant for it.
LINES = {"POST": f"POST {RULES}", "PATCH": f"PATCH {RULES}/*", "DELETE": f"DELETE {RULES}/*", "GET": f"GET {RULES}*"}

REFUSALS = {
    400: "ErrorInvalidRequest",
    403: "ErrorAccessDenied",
    404: "ErrorItemNotFound",
    409: "ErrorIrresolvableConflict",
    412: "ErrorPreconditionFailed",
}
FAILURES = (500, 502, 503, 504)
MOST_LATE, MOST_SLOW = 1200, 2000  # milliseconds


@dataclass(frozen=True)
class Fault:
    """`place` is "write", "read" or "batch"; so many requests that fit are let through first (`skip`)."""

    place: str
    skip: int
    name: str
    order: Mapping[str, Any]

    @property
    def late(self) -> float:
        """Seconds after the answer (or the kill) within which it may still take effect."""
        return float(self.order.get("apply_after_ms", 0) + self.order.get("delay_ms", 0)) / 1000

    def __str__(self) -> str:
        return f"{self.name} at {self.place} {self.skip + 1}"

    def orders(self, address: str, change: str) -> list[dict[str, Any]]:
        """What the simulator is told; those that are let through are hit by a fault that does nothing."""
        match = self.match(change)
        skipped = [{"match": match, "address": address, "times": self.skip}] if self.skip else []
        return [*skipped, {"match": match, "address": address, "times": 1, **self.order}]

    def match(self, change: str) -> str:
        if self.place == "batch":
            return "POST /$batch"
        if self.place == "read":
            return LINES["GET"]
        # Of forwarding, it depends on the mailbox which it is: [P]OST, [P]ATCH, but also [D]ELETE.
        method = SENT_AS[change]
        return f"[PD]* {RULES}*" if method == "*" else LINES[method]


def draw(dice: random.Random, change: str) -> Fault | None:
    """A fault at one of the requests of a change, the write most often; or none."""
    second = 25 if change == "forward" else 0
    place = dice.choices(("none", "write", "read", "batch", "second write"), (20, 50, 20, 3, second))[0]
    if place == "none":
        return None
    if place in ("write", "second write"):  # the second one of a forwarding puts it above all other rules
        return of_write(dice, skip=0 if place == "write" else 1)
    skip = dice.choice((0, 1, 2, 3)) if place == "read" else dice.choice((0, 1))
    name, order = answer_to_read(dice)
    return Fault(place, skip, name, order)


def of_write(dice: random.Random, skip: int = 0) -> Fault:
    kind = dice.choices(
        ("busy", "refused", "signed out", "failed", "late", "dropped", "cut", "html", "slow"),
        (10, 22, 8, 20, 14, 10, 5, 5, 6),
    )[0]
    name, order = WRITES[kind](dice)
    return Fault("write", skip, name, order)


def answer_to_read(dice: random.Random) -> tuple[str, dict[str, Any]]:
    kind = dice.choices(("busy", "refused", "signed out", "failed", "dropped", "cut", "html", "slow"))[0]
    name, order = WRITES[kind](dice)
    order.pop("apply", None)  # nothing is to take effect
    return name.removesuffix(", made"), order


def killing(dice: random.Random, change: str) -> Fault:
    """A request that is under way for so long that its sender can be killed meanwhile."""
    place, name, order = dice.choice(
        (
            ("write", "killed, made later", {"delay_ms": 1500}),
            ("write", "killed, not made", {"delay_ms": 1500, "status": 503}),
            ("read", "killed before it is read back", {"delay_ms": 1500}),
        )
    )
    return Fault(place, READ_BEFORE[change] if place == "read" else 0, name, order)


def busy(dice: random.Random) -> tuple[str, dict[str, Any]]:
    after = dice.choice((None, "1", "30"))
    headers = {} if after is None else {"Retry-After": after}
    words = "429" if after is None else f"429 Retry-After {after}"
    return words, {"status": 429, "headers": headers, "body": error("ApplicationThrottled")}


def refused(dice: random.Random) -> tuple[str, dict[str, Any]]:
    status = dice.choice(tuple(REFUSALS))
    return with_effect(dice, str(status), {"status": status, "body": error(REFUSALS[status])})


def signed_out(dice: random.Random) -> tuple[str, dict[str, Any]]:
    return with_effect(dice, "401", {"status": 401, "body": error("InvalidAuthenticationToken")})


def failed(dice: random.Random) -> tuple[str, dict[str, Any]]:
    status = dice.choice(FAILURES)
    body = dice.choice(("", HTML, error("ServiceNotAvailable")))
    return with_effect(dice, str(status), {"status": status, "body": body})


def late(dice: random.Random) -> tuple[str, dict[str, Any]]:
    after = dice.randrange(200, MOST_LATE)
    how = dice.choice(({"status": 504}, {"status": 503}, {"drop": True}))
    return f"{how.get('status', 'dropped')}, made later", {**how, "apply_after_ms": after}


def dropped(dice: random.Random) -> tuple[str, dict[str, Any]]:
    return with_effect(dice, "dropped", {"drop": True})


def cut(dice: random.Random) -> tuple[str, dict[str, Any]]:
    order = {"truncate_at": dice.choice((0, 1, 20, 60))}
    return "cut body, made", order | ({"drop": True} if dice.random() < 0.5 else {})


def html(dice: random.Random) -> tuple[str, dict[str, Any]]:
    return with_effect(dice, "200 with HTML", {"status": 200, "body": HTML})


def slow(dice: random.Random) -> tuple[str, dict[str, Any]]:
    return "slow, made", {"delay_ms": dice.randrange(300, MOST_SLOW)}


def with_effect(dice: random.Random, name: str, order: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return (f"{name}, made", order | {"apply": True}) if dice.random() < 0.5 else (name, order)


def error(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": "Ordered by a test."}}


WRITES = {
    "busy": busy,
    "refused": refused,
    "signed out": signed_out,
    "failed": failed,
    "late": late,
    "dropped": dropped,
    "cut": cut,
    "html": html,
    "slow": slow,
}
