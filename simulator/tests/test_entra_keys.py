"""The published keys, and what happens when they change."""

import base64
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from m365_simulator.directory.person import OTHER_TENANT_ID, TENANT_ID
from tests.administrator import Administrator
from tests.application import Application
from tests.simulator_control import Simulator


def kid_of(token: str) -> str:
    return jwt.get_unverified_header(token)["kid"]


def verified(application: Application, token: str) -> dict[str, Any]:
    key = jwt.PyJWK(application.published_keys()[kid_of(token)], algorithm="RS256").key
    return jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})


def test_a_key_carries_its_certificate_and_whose_it_is(application: Application) -> None:
    (key,) = application.published_keys().values()
    certificate = x509.load_der_x509_certificate(base64.b64decode(key["x5c"][0]))
    public = certificate.public_key()
    assert isinstance(public, RSAPublicKey)
    assert jwt.PyJWK(key, algorithm="RS256").key.public_numbers() == public.public_numbers()
    assert key["x5t"] == key["kid"]
    assert key["issuer"] == f"{application.login}/{TENANT_ID}/v2.0"
    assert set(application.published_keys("common")) == {key["kid"]}
    assert OTHER_TENANT_ID in application.published_keys("other.example")[key["kid"]]["issuer"]


def test_a_new_key_signs_and_the_old_one_stays_published(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    before = application.sign_in("full.mailbox")
    kids = administrator.new_key()
    after = application.sign_in("full.mailbox")
    assert kids == list(application.published_keys())
    assert [kid_of(before["id_token"]), kid_of(after["id_token"])] == kids
    for tokens in (before, after):
        assert verified(application, tokens["id_token"])["tid"] == TENANT_ID
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10).ok


def test_in_an_emergency_the_old_keys_are_gone(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    before = application.sign_in("full.mailbox")
    (kid,) = administrator.new_key(keep_old=False)
    assert kid != kid_of(before["id_token"])
    assert list(application.published_keys()) == [kid]
    headers = {"Authorization": f"Bearer {before['access_token']}"}
    answer = simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10)
    assert answer.status_code == 401


def test_a_reset_brings_the_first_key_back_with_what_it_signed(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    before = application.sign_in("full.mailbox")
    administrator.new_key(keep_old=False)
    simulator.reset()
    assert list(application.published_keys()) == [kid_of(before["id_token"])]
    headers = {"Authorization": f"Bearer {before['access_token']}"}
    assert simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10).ok


@pytest.mark.parametrize("path", ["discovery/v2.0/keys", "v2.0/.well-known/openid-configuration"])
def test_an_unknown_tenant_publishes_nothing(application: Application, path: str) -> None:
    answer = application.look(f"{application.login}/nowhere/{path}")
    assert (answer.status_code, answer.json()["error_codes"]) == (400, [90002])
