"""What Microsoft has against this site, as opposed to against a person: for the readiness check."""

from __future__ import annotations

from django.core.cache import cache

KEY = "microsoft-refuses-this-site"
# Seconds that a refusal is remembered, unless something is accepted before.
REMEMBERED = 24 * 60 * 60


def refused(code: str) -> None:
    """Microsoft did not take the site's credential, or wants an administrator to approve; `code` is its number."""
    cache.set(KEY, code or "refused", REMEMBERED)


def accepted() -> None:
    cache.delete(KEY)


def problem() -> str:
    """Microsoft's number, or nothing while all is well."""
    return str(cache.get(KEY, ""))
