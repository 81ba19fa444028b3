"""A certificate that a client can prove itself with instead of a secret, made for one run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

LIFETIME = timedelta(hours=1)
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "contract")])


def write_certificate(place: Path) -> dict[str, str]:
    """Writes certificate and key (PEM); the programs' variables that say where."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    written = {
        "CERTIFICATE_FILE": (place / "client.pem", certified(key).public_bytes(serialization.Encoding.PEM)),
        "KEY_FILE": (place / "client.key", pem_of(key)),
    }
    for path, content in written.values():
        path.write_bytes(content)
    return {name: str(path) for name, (path, _) in written.items()}


def certified(key: rsa.RSAPrivateKey) -> x509.Certificate:
    """Signed by itself."""
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - LIFETIME).not_valid_after(now + LIFETIME)
    return builder.sign(key, hashes.SHA256())


def pem_of(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
