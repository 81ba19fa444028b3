"""What the application proves itself with instead of a secret: a certificate, or the tokens of another issuer.

https://learn.microsoft.com/entra/identity-platform/certificate-credentials
https://learn.microsoft.com/entra/workload-id/workload-identity-federation
"""

from dataclasses import dataclass
from typing import Any

import jwt
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


USUAL_AUDIENCE = "api://AzureADTokenExchange"


@dataclass(frozen=True)
class FederatedCredential:
    """Another issuer whose tokens stand for the application's own credential.

    Entra fetches the issuer's keys; here they are part of the registration, since the simulator asks nobody.
    """

    issuer: str
    subject: str
    audience: str
    keys: jwt.PyJWKSet

    @classmethod
    def from_json(cls, wanted: dict[str, Any]) -> "FederatedCredential":
        """Raises ValueError, KeyError, TypeError or AttributeError."""
        issuer, subject, audience = wanted["issuer"], wanted["subject"], wanted.get("audience", USUAL_AUDIENCE)
        wrong = set(wanted) - {"issuer", "subject", "audience", "keys"}
        if wrong or not all(isinstance(it, str) for it in (issuer, subject, audience)):
            raise ValueError("unknown or malformed member")
        try:
            return cls(issuer, subject, audience, jwt.PyJWKSet.from_dict(wanted["keys"]))
        except jwt.PyJWTError as problem:
            raise ValueError(str(problem)) from None

    def fits(self, issuer: str, subject: str, audiences: set[str]) -> bool:
        return (self.issuer, self.subject) == (issuer, subject) and self.audience in audiences

    def as_json(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "subject": self.subject,
            "audience": self.audience,
            "kids": [key.key_id for key in self.keys.keys],
        }
