"""The site's own credential at Microsoft."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts.microsoft import entra


@pytest.fixture(scope="module")
def pem() -> dict[str, str]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "madoguchi")])
    now = datetime.now(UTC)
    certificate = (x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))).sign(
        key, hashes.SHA256()
    )
    plain = serialization.NoEncryption()
    return {
        "key": key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode(),
        "certificate": certificate.public_bytes(serialization.Encoding.PEM).decode(),
    }


@pytest.mark.parametrize("order", [("key", "certificate"), ("certificate", "key")])
def test_a_certificate_with_its_key_is_a_credential(settings, pem, order):
    settings.CLIENT_SECRET = ""
    settings.CLIENT_CERTIFICATE = "some text\n" + "".join(pem[part] for part in order)

    credential = entra.credential()
    assert credential == {"private_key": pem["key"].strip(), "public_certificate": pem["certificate"].strip()}
    assert entra.begin("http://localhost:8000/accounts/microsoft/login/callback/", ["User.Read"])["auth_uri"]


def test_the_site_does_not_start_with_half_a_certificate(pem):
    environment = {**os.environ, "CLIENT_SECRET": "", "CLIENT_CERTIFICATE": pem["certificate"]}
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert ran.returncode != 0
    assert ran.stderr.strip().splitlines() == [
        "Madoguchi cannot start: "
        "CLIENT_CERTIFICATE must hold a private key without a password and its certificate, both in PEM."
    ]
