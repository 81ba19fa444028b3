"""Where a client finds everything."""

import jwt
import pytest

from m365_simulator.directory.person import OTHER_TENANT_ID, TENANT_ID
from tests.application import Application

CONFIGURATION = "v2.0/.well-known/openid-configuration"


def test_asked_directly_every_address_carries_the_callers_own_host(application: Application) -> None:
    found = application.look(f"{application.login}/{TENANT_ID}/{CONFIGURATION}").json()
    here = f"{application.login}/{TENANT_ID}"
    assert found["issuer"] == f"{here}/v2.0"
    assert found["authorization_endpoint"] == f"{here}/oauth2/v2.0/authorize"
    assert found["token_endpoint"] == f"{here}/oauth2/v2.0/token"
    assert found["jwks_uri"] == f"{here}/discovery/v2.0/keys"


def test_asked_as_microsoft_only_the_browsers_pages_are_at_the_visible_address(application: Application) -> None:
    address = f"{application.login}/{TENANT_ID}/{CONFIGURATION}"
    found = application.look(address, Host="login.microsoftonline.com").json()
    microsoft = f"https://login.microsoftonline.com/{TENANT_ID}"
    assert found["issuer"] == f"{microsoft}/v2.0"
    assert found["token_endpoint"] == f"{microsoft}/oauth2/v2.0/token"
    assert found["authorization_endpoint"] == f"{application.login}/{TENANT_ID}/oauth2/v2.0/authorize"
    assert found["end_session_endpoint"] == f"{application.login}/{TENANT_ID}/oauth2/v2.0/logout"


@pytest.mark.parametrize("name", ["example.ac.jp", TENANT_ID.upper()])
def test_a_tenant_is_known_by_its_domain_and_in_any_case(application: Application, name: str) -> None:
    found = application.look(f"{application.login}/{name}/{CONFIGURATION}").json()
    assert TENANT_ID in found["issuer"]


def test_the_other_tenant_has_an_issuer_of_its_own(application: Application) -> None:
    found = application.look(f"{application.login}/{OTHER_TENANT_ID}/{CONFIGURATION}").json()
    assert OTHER_TENANT_ID in found["issuer"]


def test_an_unknown_tenant_is_refused_with_90002(application: Application) -> None:
    answer = application.look(f"{application.login}/no-such-tenant/{CONFIGURATION}")
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_tenant"
    assert answer.json()["error_codes"] == [90002]


def test_common_leaves_the_tenant_open_in_the_issuer(application: Application) -> None:
    found = application.look(f"{application.login}/common/{CONFIGURATION}").json()
    assert "/{tenantid}/v2.0" in found["issuer"]


@pytest.mark.parametrize("name", ["organizations", "Common"])
def test_every_open_door_leaves_the_tenant_open(application: Application, name: str) -> None:
    found = application.look(f"{application.login}/{name}/{CONFIGURATION}").json()
    assert found["issuer"] == f"{application.login}/{{tenantid}}/v2.0"
    assert f"/{name.lower()}/oauth2/v2.0/token" in found["token_endpoint"]


def test_every_way_of_proving_oneself_is_listed(application: Application) -> None:
    found = application.look(f"{application.login}/{TENANT_ID}/{CONFIGURATION}").json()
    ways = {"client_secret_post", "client_secret_basic", "private_key_jwt"}
    assert set(found["token_endpoint_auth_methods_supported"]) == ways
    assert found["id_token_signing_alg_values_supported"] == ["RS256"]
    assert set(found["code_challenge_methods_supported"]) == {"plain", "S256"}


def test_the_published_key_verifies_an_id_token(application: Application) -> None:
    signed = application.sign_in("full.mailbox")["id_token"]
    keys = application.look(f"{application.login}/{TENANT_ID}/discovery/v2.0/keys").json()["keys"]
    key = next(key for key in keys if key["kid"] == jwt.get_unverified_header(signed)["kid"])
    public = jwt.PyJWK(key, algorithm="RS256").key
    assert jwt.decode(signed, public, algorithms=["RS256"], options={"verify_aud": False})["ver"] == "2.0"


def test_the_instance_document_names_microsofts_cloud(application: Application) -> None:
    found = application.look(f"{application.login}/common/discovery/instance?api-version=1.1").json()
    assert "login.microsoftonline.com" in found["metadata"][0]["aliases"]
