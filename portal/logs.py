"""Log lines, in text; those of the audit log are one JSON object each: docs/audit.md describes them.

No line holds an address, a token or anything of a mailbox.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# The reference number of the request that is being answered; empty outside of one.
request_number: ContextVar[str] = ContextVar("request_number", default="")

AUDIT_MEMBERS = ("time", "person", "action", "outcome", "request", "code", "detail", "correlation")


class AuditLine(logging.Formatter):
    """One object of the members that `accounts.audit` gives, the time (UTC) and the request's number."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time, "request": request_number.get() or None, **record.audit}  # type: ignore[attr-defined]
        return json.dumps({name: line[name] for name in AUDIT_MEMBERS if name in line})


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "audit": {"()": AuditLine},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "audit": {"class": "logging.StreamHandler", "formatter": "audit"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
            # Their DEBUG and INFO lines carry addresses.
            **{name: {"level": "WARNING"} for name in ("urllib3", "requests", "allauth")},
            # Their warnings carry the whole path of a page; portal.web.middleware names the page instead.
            **{name: {"level": "ERROR"} for name in ("django.request", "django.security")},
            # Its errors carry the token endpoint's answer; what they mean is logged by accounts.
            "msal": {"level": "CRITICAL"},
        },
    }
