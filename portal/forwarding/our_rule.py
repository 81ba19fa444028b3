"""The one rule that this site makes for forwarding, known by its name in the service file."""

from __future__ import annotations

from django.conf import settings


def rule_name() -> str:
    """The display name that the rule is made with."""
    return str(settings.SERVICE.forwarding.rule_name)


def rule_names() -> tuple[str, ...]:
    """The display names that it may have: today's first, then those that the service file had before."""
    return tuple(settings.SERVICE.forwarding.rule_names)


def is_ours(name: str) -> bool:
    return name.strip() in [each.strip() for each in rule_names()]
