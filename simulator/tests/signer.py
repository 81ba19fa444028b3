"""Certificates, and assertions that are signed with them."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID
from tests.application import Application

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "madoguchi")])


def certified(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, days: int = 1) -> x509.Certificate:
    end = datetime.now(UTC) + timedelta(days=days)
    builder = x509.CertificateBuilder(NAME, NAME, key.public_key(), 1, end - timedelta(days=30), end)
    return builder.sign(key, hashes.SHA256())


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


KEY = rsa.generate_private_key(65537, 2048)
CERTIFICATE = certified(KEY)
PUBLIC = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))


def thumbprint(algorithm: hashes.HashAlgorithm, certificate: x509.Certificate = CERTIFICATE) -> str:
    return jwt.utils.base64url_encode(certificate.fingerprint(algorithm)).decode()


SHA1 = thumbprint(hashes.SHA1())  # noqa: S303  the older name of a certificate, not a proof
SHA256 = thumbprint(hashes.SHA256())
NAMED = {"x5t#S256": SHA256}


class Signer:
    """Makes assertions, right but for what is `changed` (None leaves a claim out)."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.audience = f"{application.login}/{TENANT_ID}/oauth2/v2.0/token"

    def made(self, algorithm: str = "PS256", key: Any = KEY, headers: dict[str, str] = NAMED, **changed: Any) -> str:
        now = int(time.time())
        claims = {"iss": CLIENT_ID, "sub": CLIENT_ID, "aud": self.audience, "nbf": now, "exp": now + 600, "jti": "1"}
        sent = {name: value for name, value in (claims | changed).items() if value is not None}
        return jwt.encode(sent, key, algorithm=algorithm, headers=headers)

    def redeem(self, assertion: str, **changed: str | None) -> requests.Response:
        wanted = {"client_secret": None, "client_assertion": assertion, "client_assertion_type": TYPE} | changed
        return self.application.redeem(self.application.code_of("full.mailbox"), **wanted)
