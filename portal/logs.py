"""Log lines: where they go, and from which level on."""

from __future__ import annotations

from typing import Any


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "bare": {"format": "%(message)s"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "audit": {"class": "logging.StreamHandler", "formatter": "bare"},
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
