"""Log lines: as text, or one JSON object each (LOG_FORMAT). docs/operating.md and docs/audit.md describe them.

No line holds an address, a token or anything of a mailbox, in either form.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# The reference number of the request that this thread answers; empty in a command.
request_number: ContextVar[str] = ContextVar("request_number", default="")

AUDIT_MEMBERS = ("time", "person", "action", "outcome", "request", "code", "detail", "correlation")


class JsonLine(logging.Formatter):
    """One object: time (UTC), level, logger, message, request; in audit lines their members.

    An exception and a stack, where the record has one, are text.
    """

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.members(record))

    def members(self, record: logging.LogRecord) -> dict[str, Any]:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_number.get() or None,
            **getattr(record, "audit", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = self.formatStack(record.stack_info)
        return line


class AuditLine(JsonLine):
    """An audit line among lines of text: its own members alone."""

    def members(self, record: logging.LogRecord) -> dict[str, Any]:
        line = super().members(record)
        return {name: line[name] for name in AUDIT_MEMBERS if name in line}


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING, for lines of the form "text" or "json"."""
    text = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": JsonLine} if form == "json" else text,
            "audit": {"()": JsonLine if form == "json" else AuditLine},
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
