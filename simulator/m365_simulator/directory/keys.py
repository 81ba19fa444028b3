"""The keys that sign tokens: made when first needed, gone with the process.

https://learn.microsoft.com/entra/identity-platform/signing-key-rollover
"""

import base64
import functools
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ALGORITHM = "RS256"
LIFETIME = timedelta(days=5 * 365)
SUBJECT = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "accounts.accesscontrol.windows.net")])


class SigningKey:
    """A private key with the certificate that publishes it; `kid` is the certificate's thumbprint, as at Microsoft."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        certificate = self_signed(self.private)
        self.kid = base64url(certificate.fingerprint(hashes.SHA1()))  # noqa: S303  # nosec B303  # a name, not a proof
        self.der = certificate.public_bytes(serialization.Encoding.DER)

    def jwk(self) -> dict[str, Any]:
        """As published: without `alg`, like Microsoft's."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": public["n"],
            "e": public["e"],
            "x5c": [base64.b64encode(self.der).decode()],
        }


def self_signed(key: rsa.RSAPrivateKey) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        SUBJECT, SUBJECT, key.public_key(), x509.random_serial_number(), now, now + LIFETIME
    )
    return builder.sign(key, hashes.SHA256())


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class FirstKey:
    """Made once for the process, by whichever thread asks first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made: SigningKey | None = None

    def __call__(self) -> SigningKey:
        with self.lock:
            self.made = self.made or SigningKey()
            return self.made


first_key = FirstKey()


class KeyRing:
    """The last key signs; all that are not retired are published."""

    def __init__(self) -> None:
        self.newer: list[SigningKey] = []
        self.retired: set[str] = set()
        self.reader = self.new_reader()

    def clear(self) -> None:
        """Back to the first key, so that what it signed stays good over a reset."""
        self.newer.clear()
        self.retired.clear()
        self.reader = self.new_reader()

    @property
    def published(self) -> list[SigningKey]:
        return [key for key in (first_key(), *self.newer) if key.kid not in self.retired]

    def roll(self, *, keep_old: bool) -> None:
        """A new key signs from now on; without `keep_old` the others are no longer published (an emergency)."""
        old = {key.kid for key in self.published}
        self.newer.append(SigningKey())
        self.retired |= set() if keep_old else old
        self.reader = self.new_reader()

    def sign(self, claims: dict[str, Any]) -> str:
        key = self.published[-1]
        headers = {"kid": key.kid, "x5t": key.kid}
        return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers=headers)

    def new_reader(self) -> Callable[[str, str], dict[str, Any]]:
        """Reads each token once for as long as the keys stay the same."""
        return functools.lru_cache(maxsize=1024)(self.read)

    def read(self, raw: str, audience: str) -> dict[str, Any]:
        """Claims of a token of ours, whatever its age. Raises jwt.InvalidTokenError."""
        kid = jwt.get_unverified_header(raw).get("kid")
        key = next((key for key in self.published if key.kid == kid), None)
        if key is None:
            raise jwt.InvalidSignatureError("not one of the published keys")
        claims: dict[str, Any] = jwt.decode(
            raw,
            key.private.public_key(),
            algorithms=[ALGORITHM],
            audience=audience,
            options={"verify_exp": False, "verify_nbf": False},
        )
        return claims
