"""What Microsoft has against this site, as opposed to against a person: for the readiness check.

Two causes, each known from where no visitor can make it up: the token endpoint's word on the site's credential, and an
administrator's approval that a signed-in person was told to wait for.
"""

from __future__ import annotations

from django.core.cache import cache

CREDENTIAL, APPROVAL = "microsoft-refuses-the-credential", "microsoft-wants-an-approval"
# Seconds that a refusal is remembered, unless something is accepted before.
REMEMBERED = 24 * 60 * 60


def refused(code: str) -> None:
    """The token endpoint did not take the site's credential; `code` is Microsoft's number."""
    cache.set(CREDENTIAL, code or "refused", REMEMBERED)


def accepted() -> None:
    """The token endpoint did."""
    cache.delete(CREDENTIAL)


def not_approved(code: str) -> None:
    """Nobody may give the mailbox's permissions before an administrator has."""
    cache.set(APPROVAL, code or "not approved", REMEMBERED)


def approved() -> None:
    """A token with the mailbox's permissions was given."""
    cache.delete(APPROVAL)


def problem() -> str:
    """Microsoft's number, or nothing while all is well."""
    return str(cache.get(CREDENTIAL) or cache.get(APPROVAL) or "")
