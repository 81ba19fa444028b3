"""What `manage.py check` says about the site's credential at Microsoft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils import timezone

from accounts.microsoft.credential import certificate_expires

# How long before its end a certificate is warned of.
EARLY = timedelta(days=30)


@register(Tags.security, deploy=True)
def certificate_rather_than_secret(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Microsoft advises against secrets: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration"""
    if not settings.CLIENT_SECRET:
        return []
    return [
        Warning(
            "The site signs in to Microsoft with a client secret.",
            hint="Set CLIENT_CERTIFICATE or CLIENT_ASSERTION_FILE instead of CLIENT_SECRET.",
            id="accounts.W001",
        )
    ]


@register(Tags.security)
def certificate_lasts(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    ends = certificate_expires()
    if ends is None or ends - timezone.now() > EARLY:
        return []
    return [
        Warning(
            f"The certificate of CLIENT_CERTIFICATE ends on {ends:%Y-%m-%d}.",
            hint="Add a new certificate to the app registration, then put it and its key into CLIENT_CERTIFICATE.",
            id="accounts.W002",
        )
    ]
