"""Whether the value of a setting is what it is given for. Nothing but the settings asks it."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate, load_pem_x509_certificates


def are_certificates(path: Path) -> bool:
    """Whether the file can be read and holds certificates in PEM."""
    try:
        return bool(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError):
        return False


def is_certified_key(pem: str) -> bool:
    """Whether the text holds a private key that opens without a password, and the certificate of that key."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
        certificate = load_pem_x509_certificate(pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return bool(key.public_key() == certificate.public_key())


def is_loopback(origin: str) -> bool:
    """Whether an address points at this machine only."""
    host = urlsplit(origin).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_proxy(address: str) -> bool:
    """Whether it is a scheme and host, with a user and password or without, and nothing behind them."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # ValueError for one that is no number up to 65535
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query))
