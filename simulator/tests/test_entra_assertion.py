"""A client assertion instead of the secret."""

import time
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_SECRET
from tests.administrator import Administrator
from tests.application import Application
from tests.refusals import refused
from tests.signer import CERTIFICATE, KEY, PUBLIC, SHA1, SHA256, Signer, certified, pem, thumbprint

ISSUER = "https://issuer.example"


@pytest.fixture
def signer(application: Application, administrator: Administrator) -> Signer:
    """Of the application whose certificate is registered."""
    administrator.register(certificates=[pem(CERTIFICATE)])
    return Signer(application)


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
@pytest.mark.parametrize(
    "headers",
    [
        {"x5t#S256": SHA256},
        {"x5t": SHA1},
        {"x5t": SHA1 + "="},
        {"kid": SHA1},
    ],
)
def test_a_registered_certificate_will_do(signer: Signer, algorithm: str, headers: dict[str, str]) -> None:
    assert signer.redeem(signer.made(algorithm, headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "audience",
    [
        "https://login.microsoftonline.com/{tid}/oauth2/v2.0/token",
        "https://login.microsoftonline.com/{tid}/v2.0",
        "{login}/{tid}/v2.0",
    ],
)
def test_the_audience_is_the_token_endpoint_or_the_issuer(signer: Signer, audience: str) -> None:
    meant = audience.format(tid=TENANT_ID, login=signer.application.login)
    assert signer.redeem(signer.made(aud=meant)).status_code == 200
    assert signer.redeem(signer.made(aud=[meant])).status_code == 200


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "somebody"}, 700021),
        ({"sub": "somebody"}, 700021),
        ({"iss": None}, 700021),
        ({"sub": None}, 700021),
        ({"aud": "https://login.microsoftonline.com/common/v2.0"}, 700023),
        ({"aud": None}, 700023),
        ({"aud": {"not": "text"}}, 700023),
        ({"exp": int(time.time()) - 3600}, 700024),
        ({"nbf": int(time.time()) + 3600}, 700024),
        ({"exp": None}, 50027),
        ({"exp": "tomorrow"}, 50027),
        ({"exp": 10**30}, 50027),
        ({"headers": {}}, 700027),
        ({"headers": {"x5t#S256": "another"}}, 700027),
        ({"key": rsa.generate_private_key(65537, 2048)}, 700027),
        ({"algorithm": "RS512"}, 50027),
    ],
)
def test_each_wrong_part_of_an_assertion_has_its_number(signer: Signer, changed: dict[str, Any], code: int) -> None:
    refused(signer.redeem(signer.made(**changed)), code, "invalid_client", 401)


@pytest.mark.parametrize("assertion", ["x", "x.y.z", "あ", "." * 9, jwt.encode({}, "k" * 32, algorithm="HS256")])
def test_what_is_no_assertion_is_refused(signer: Signer, assertion: str) -> None:
    answer = signer.redeem(assertion)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_assertion_says_what_it_is(signer: Signer) -> None:
    refused(signer.redeem(signer.made(), client_assertion_type=None), 900144, "invalid_request")
    refused(signer.redeem(signer.made(), client_assertion_type="saml"), 90023, "invalid_request")


def test_a_certificate_ends(signer: Signer, administrator: Administrator) -> None:
    old = certified(KEY, days=-1)
    administrator.register(certificates=[pem(old)])
    assertion = signer.made(headers={"x5t#S256": thumbprint(hashes.SHA256(), old)})
    body = refused(signer.redeem(assertion), 700027, "invalid_client", 401)
    assert "The key used is expired" in body["error_description"]


def test_two_certificates_stand_beside_each_other_while_one_replaces_the_other(
    signer: Signer, administrator: Administrator
) -> None:
    newer = rsa.generate_private_key(65537, 2048)
    certificate = certified(newer)
    administrator.register(certificates=[pem(CERTIFICATE), pem(certificate)])
    headers = {"x5t#S256": thumbprint(hashes.SHA256(), certificate)}
    assert signer.redeem(signer.made(key=newer, headers=headers)).status_code == 200
    assert signer.redeem(signer.made()).status_code == 200


def test_none_is_registered_at_first(application: Application) -> None:
    signer = Signer(application)
    refused(signer.redeem(signer.made()), 700027, "invalid_client", 401)


@pytest.fixture
def workload(application: Application, administrator: Administrator) -> Signer:
    """Of an issuer that is trusted to speak for the application."""
    keys = {"keys": [PUBLIC | {"kid": "key-1", "alg": "RS256"}]}
    record = {"issuer": ISSUER, "subject": "web", "audience": "api://AzureADTokenExchange", "keys": keys}
    administrator.register(federated_credentials=[record])
    return Signer(application)


def federated(signer: Signer, **changed: Any) -> requests.Response:
    whole = {
        "algorithm": "RS256",
        "headers": {"kid": "key-1"},
        "iss": ISSUER,
        "sub": "web",
        "aud": "api://AzureADTokenExchange",
    }
    return signer.redeem(signer.made(**(whole | changed)))


def test_a_trusted_issuer_speaks_for_the_application(workload: Signer) -> None:
    assert federated(workload).status_code == 200


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://issuer.example/"}, 700211),
        ({"sub": "Web"}, 700213),
        ({"aud": "api://Another"}, 700212),
        ({"exp": int(time.time()) - 3600}, 700024),
        ({"headers": {"kid": "key-2"}}, 700027),
        ({"key": rsa.generate_private_key(65537, 2048)}, 700027),
    ],
)
def test_another_one_does_not(workload: Signer, changed: dict[str, Any], code: int) -> None:
    refused(federated(workload, **changed), code, "invalid_client", 401)


def test_a_secret_beside_an_assertion_does_not_save_it(signer: Signer) -> None:
    answer = signer.redeem(signer.made(aud="x"), client_secret=CLIENT_SECRET)
    refused(answer, 700023, "invalid_client", 401)


def test_an_elliptic_key_is_no_credential(administrator: Administrator) -> None:
    certificate = certified(ec.generate_private_key(ec.SECP256R1()))
    assert administrator.ask("PUT", "application", {"certificates": [pem(certificate)]}).status_code == 400
