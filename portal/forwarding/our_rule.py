"""The one rule that this site makes for forwarding, by its name in the service file."""

from __future__ import annotations

from django.conf import settings


def rule_name() -> str:
    """The display name of the one rule that this site makes for forwarding."""
    return str(settings.SERVICE.forwarding.rule_name)


def is_ours(name: str) -> bool:
    return name.strip() == rule_name().strip()
