"""Certificates and assertions such as an operator would register for the site."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER, SUBJECT, AUDIENCE = "https://cluster.example.ac.jp", "system:madoguchi", "api://AzureADTokenExchange"


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Pem:
    key: str
    certificate: str

    @property
    def both(self) -> str:
        return self.key + self.certificate


def certified_key(days: float) -> Pem:
    """A key and its certificate, which ends in so many days (in the past, if negative)."""
    key = private_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "madoguchi")])
    ends = datetime.now(UTC) + timedelta(days=days)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, ends - timedelta(days=400), ends)
    certificate = builder.sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    return Pem(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode(),
        certificate.public_bytes(serialization.Encoding.PEM).decode(),
    )


def federated_credential() -> dict[str, Any]:
    """The record of the app registration that trusts `assertion`."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key().public_key()))
    keys = {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}
    return {"issuer": ISSUER, "subject": SUBJECT, "audience": AUDIENCE, "keys": keys}


def assertion(seconds: int = 600) -> str:
    """A token of the platform's, good for so many seconds."""
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": SUBJECT, "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now + seconds}
    return jwt.encode(claims, private_key(), algorithm="RS256", headers={"kid": "one"})
