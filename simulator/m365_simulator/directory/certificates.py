"""A certificate that the application may sign its assertions with.

https://learn.microsoft.com/entra/identity-platform/certificate-credentials
"""

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from m365_simulator.directory.keys import base64url


@dataclass(frozen=True)
class Certificate:
    """`thumbprints`: what an assertion's header names it by, without padding: `x5t` and `x5t#S256`."""

    subject: str
    key: RSAPublicKey
    thumbprints: dict[str, str]
    not_after: float

    @classmethod
    def from_pem(cls, text: str) -> "Certificate":
        """Raises ValueError."""
        certificate = x509.load_pem_x509_certificate(text.encode())
        key = certificate.public_key()
        if not isinstance(key, RSAPublicKey):
            raise ValueError("not an RSA key")
        thumbprints = {
            "x5t": base64url(certificate.fingerprint(hashes.SHA1())),  # noqa: S303  # nosec B303  # a name, not a proof
            "x5t#S256": base64url(certificate.fingerprint(hashes.SHA256())),
        }
        until = certificate.not_valid_after_utc.timestamp()
        return cls(certificate.subject.rfc4514_string(), key, thumbprints, until)

    def is_named_by(self, header: dict[str, Any]) -> bool:
        """By the SHA-256 thumbprint, the older SHA-1 one, or either as `kid`."""
        named = {name: str(header.get(name, "")).rstrip("=") for name in (*self.thumbprints, "kid")}
        return named["kid"] in self.thumbprints.values() or any(
            named[name] == value for name, value in self.thumbprints.items()
        )

    def as_json(self) -> dict[str, Any]:
        return {"subject": self.subject, **self.thumbprints, "expires_at": int(self.not_after)}
