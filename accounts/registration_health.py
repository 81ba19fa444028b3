"""What Microsoft has against this site's app registration, as opposed to against a person: for the readiness check.

Two causes, each known from where no visitor can make it up: the token endpoint's answer to the site's credential, and
an administrator's approval that a signed-in person has to wait for.
"""

from __future__ import annotations

from django.core.cache import cache

CREDENTIAL, APPROVAL = "microsoft-refuses-the-credential", "microsoft-wants-an-approval"
# Seconds that a refusal is remembered, unless something is accepted before.
REMEMBERED = 24 * 60 * 60


def note_refusal(code: str) -> None:
    """The token endpoint did not take the site's credential; `code` is Microsoft's number."""
    cache.set(CREDENTIAL, code or "refused", REMEMBERED)


def note_acceptance() -> None:
    """The token endpoint did."""
    cache.delete(CREDENTIAL)


def note_missing_approval(code: str) -> None:
    """Nobody may give the mailbox's permissions before an administrator has."""
    cache.set(APPROVAL, code or "not approved", REMEMBERED)


def note_approval() -> None:
    """A token with the mailbox's permissions was given."""
    cache.delete(APPROVAL)


def current_problem() -> str:
    """Microsoft's number, or nothing while all is well."""
    return str(cache.get(CREDENTIAL) or cache.get(APPROVAL) or "")
