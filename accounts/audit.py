"""Who did what and how it ended, one line of JSON each: docs/audit.md describes the members.

The formatters of LOGGING add the time and the request's reference number.

No line has an address, a name, a token, or anything of a mailbox in it.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from uuid import UUID

from accounts.paths import Purpose

log = logging.getLogger("audit")


class Action(StrEnum):
    """What was done about signing in and out; changes of a mailbox are named by portal.changes.journal.Kind."""

    SIGN_IN = "sign-in"
    SIGN_IN_AGAIN = "sign-in-again"
    CONSENT = "consent"
    STEP_UP = "step-up"
    SIGN_OUT = "sign-out"
    REFRESH = "refresh"
    LIMIT = "limit"


def sign_in(purpose: str) -> Action:
    """What a way to Microsoft and back is called, by why it was gone."""
    again = {
        Purpose.AGAIN: Action.SIGN_IN_AGAIN,
        Purpose.PERMISSION: Action.CONSENT,
        Purpose.CONFIRM: Action.STEP_UP,
        Purpose.STAFF: Action.STEP_UP,
    }
    return again[Purpose(purpose)] if purpose else Action.SIGN_IN


def record(action: str, outcome: str, oid: UUID | None = None, *, code: str = "", correlation: str = "") -> None:
    """Write one line about the person of that object id; None for a stranger.

    `code` is Microsoft's number, or our word for what was wrong; `correlation` is Microsoft's.
    """
    members = {"person": str(oid) if oid else None, "action": action, "outcome": outcome}
    details = {"code" if code.startswith("AADSTS") else "detail": code, "correlation": correlation}
    members |= {name: value for name, value in details.items() if value}
    log.info("%s %s", action, outcome, extra={"audit": members})
