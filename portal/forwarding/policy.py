"""The university's policy for forwarding, from the service file."""

from __future__ import annotations

from django.conf import settings

from portal.mailbox.forwarding import Outside, Policy


def policy() -> Policy:
    service = settings.SERVICE
    return Policy(
        outside=Outside(service.forwarding.outside.value),
        own_domains=service.mail.domains,
        allowed_domains=service.forwarding.allowed_domains,
        most_addresses=service.forwarding.most_addresses,
    )


def rule_name() -> str:
    """The display name of the one rule that this site makes for forwarding."""
    return str(settings.SERVICE.forwarding.rule_name)


def is_ours(name: str) -> bool:
    return name.strip() == rule_name().strip()
