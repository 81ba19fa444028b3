"""The university's policy for mail that leaves, read from the service file."""

from __future__ import annotations

from portal.mailbox.forwarding import Outside, Policy
from portal.service import Service


def policy_of(service: Service) -> Policy:
    """The policy as the mailbox's code knows it."""
    facts = service.forwarding
    return Policy(
        outside=Outside(facts.outside.value),
        own_domains=service.mail.domains,
        allowed_domains=facts.allowed_domains,
        most_addresses=facts.most_addresses,
    )
