"""The university's policy for mail that leaves, from the service file."""

from __future__ import annotations

from django.conf import settings

from portal.mailbox.forwarding import Outside, Policy


def policy() -> Policy:
    """The policy as the mailbox's code knows it."""
    facts = settings.SERVICE.forwarding
    return Policy(
        outside=Outside(facts.outside.value),
        own_domains=settings.SERVICE.mail.domains,
        allowed_domains=facts.allowed_domains,
        most_addresses=facts.most_addresses,
    )
