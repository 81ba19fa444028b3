"""What `manage.py check` says about an installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def certificate_rather_than_secret(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Microsoft advises a certificate: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration"""
    if settings.CLIENT_CERTIFICATE:
        return []
    return [
        Warning(
            "The site signs in to Microsoft with a client secret.",
            hint="Set CLIENT_CERTIFICATE instead of CLIENT_SECRET.",
            id="portal.W001",
        )
    ]
