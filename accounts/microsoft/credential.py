"""How this site shows Microsoft that it is itself: a certificate, another issuer's assertion, or a client secret.

https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration#credentials
"""

from __future__ import annotations

import logging
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.x509 import load_pem_x509_certificate
from django.conf import settings

from accounts.microsoft.failures import SignInFailed

log = logging.getLogger("accounts")

PEM_BLOCK = re.compile(r"-----BEGIN ([A-Z ]+)-----.*?-----END \1-----", re.DOTALL)


def read_credential() -> str | dict[str, Any]:
    """As MSAL takes it. CLIENT_CERTIFICATE holds the key and the certificate (PEM), in either order."""
    if settings.CLIENT_ASSERTION_FILE:
        return {"client_assertion": read_assertion}
    if not settings.CLIENT_CERTIFICATE:
        return str(settings.CLIENT_SECRET)
    blocks = [match[0] for match in PEM_BLOCK.finditer(settings.CLIENT_CERTIFICATE)]
    key = next(block for block in blocks if "PRIVATE KEY" in block)
    return {"private_key": key, "public_certificate": "\n".join(block for block in blocks if block != key)}


def read_assertion() -> str:
    """The token that a platform this site runs on writes into CLIENT_ASSERTION_FILE, and replaces before it expires.

    So it is read each time: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
    Raises SignInFailed (misconfigured).
    """
    try:
        text = Path(settings.CLIENT_ASSERTION_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        log.error("CLIENT_ASSERTION_FILE cannot be read: %s", type(error).__name__)
        raise SignInFailed("misconfigured", "assertion-file") from error
    if not text:
        log.error("CLIENT_ASSERTION_FILE is empty")
        raise SignInFailed("misconfigured", "assertion-file")
    return text


def certificate_expires() -> datetime | None:
    """When the certificate ends (UTC); None where the credential is none."""
    if not settings.CLIENT_CERTIFICATE:
        return None
    return load_pem_x509_certificate(settings.CLIENT_CERTIFICATE.encode()).not_valid_after_utc
