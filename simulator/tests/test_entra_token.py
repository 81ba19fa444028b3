"""The token endpoint."""

import base64
import json

import pytest

from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from tests.application import Application
from tests.read_token import read
from tests.refusals import refused
from tests.simulator_control import Simulator


def test_a_code_is_redeemed_for_three_tokens(application: Application) -> None:
    body = application.sign_in("full.mailbox")
    assert body["token_type"] == "Bearer"
    assert 3599 <= body["expires_in"] <= 5399
    assert body["ext_expires_in"] == body["expires_in"]
    assert "https://graph.microsoft.com/Mail.Read" in body["scope"].split()
    assert "offline_access" not in body["scope"]
    assert body["refresh_token"]
    assert body["id_token"]


def test_scopes_come_back_in_full_unless_switched(application: Application, simulator: Simulator) -> None:
    simulator.switch(granted_scopes="bare_names")
    assert application.sign_in("full.mailbox")["scope"] == "openid profile User.Read Mail.Read"


def test_the_id_token_carries_microsofts_claims(application: Application) -> None:
    body = application.sign_in("full.mailbox")
    claims = read(body["id_token"])
    assert claims["iss"] == f"{application.login}/{TENANT_ID}/v2.0"
    assert (claims["aud"], claims["tid"], claims["nonce"]) == (CLIENT_ID, TENANT_ID, "nonce-1")
    assert (claims["preferred_username"], claims["name"]) == ("full.mailbox@example.ac.jp", "佐藤 美咲")
    assert {"exp", "nbf", "iat", "oid", "sub", "sid", "login_hint", "rh", "uti"} <= set(claims)
    assert claims["oid"] != claims["sub"]
    info = json.loads(base64.urlsafe_b64decode(body["client_info"] + "=="))
    assert info == {"uid": claims["oid"], "utid": TENANT_ID}


def test_asked_as_microsoft_the_issuer_is_microsofts(application: Application) -> None:
    code = application.code_of("full.mailbox")
    answer = application.redeem(code, headers={"Host": "login.microsoftonline.com"})  # type: ignore[arg-type]
    assert read(answer.json()["id_token"])["iss"] == f"https://login.microsoftonline.com/{TENANT_ID}/v2.0"


def test_the_access_token_is_for_graph_and_names_its_scopes(application: Application) -> None:
    claims = read(application.sign_in("full.mailbox")["access_token"])
    assert claims["aud"] == "https://graph.microsoft.com"
    assert {"Mail.Read", "User.Read"} <= set(str(claims["scp"]).split())
    assert claims["upn"] == "full.mailbox@example.ac.jp"
    assert "xms_cc" not in claims


def test_a_client_that_declares_cp1_gets_it_in_its_token(application: Application) -> None:
    claims = '{"access_token":{"xms_cc":{"values":["cp1"]}}}'
    at_sign_in = application.sign_in("full.mailbox", claims=claims)
    assert read(at_sign_in["access_token"])["xms_cc"] == ["cp1"]
    renewed = application.refresh(at_sign_in["refresh_token"]).json()
    assert read(renewed["access_token"])["xms_cc"] == ["cp1"]


def test_the_secret_may_come_as_basic(application: Application) -> None:
    code = application.code_of("full.mailbox")
    basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    sent = {"client_id": None, "client_secret": None}
    answer = application.redeem(code, headers={"Authorization": f"Basic {basic}"}, **sent)  # type: ignore[arg-type]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changed", "code", "error", "status"),
    [
        ({"client_secret": "wrong"}, 7000215, "invalid_client", 401),
        ({"client_secret": "違う"}, 7000215, "invalid_client", 401),
        ({"client_secret": None}, 7000218, "invalid_client", 401),
        ({"client_id": "11111111-2222-3333-4444-555555555555"}, 700016, "unauthorized_client", 400),
        ({"client_id": None}, 900144, "invalid_request", 400),
        ({"client_assertion": "x.y.z"}, 900144, "invalid_request", 400),
        ({"grant_type": "password"}, 70003, "unsupported_grant_type", 400),
        ({"grant_type": "client_credentials"}, 70003, "unsupported_grant_type", 400),
        ({"grant_type": None}, 900144, "invalid_request", 400),
        ({"code": "made-up"}, 70000, "invalid_grant", 400),
        ({"code": None}, 900144, "invalid_request", 400),
        ({"redirect_uri": "http://localhost:8001/accounts/microsoft/login/callback/"}, 500112, "invalid_grant", 400),
        ({"code_verifier": "another-verifier"}, 501481, "invalid_grant", 400),
        ({"code_verifier": None}, 501481, "invalid_grant", 400),
        ({"tenant": "no-such-tenant"}, 90002, "invalid_tenant", 400),
        ({"scope": "User.Read https://outlook.office.com/x"}, 28000, "invalid_request", 400),
        ({"claims": "{"}, 90023, "invalid_request", 400),
    ],
)
def test_a_wrong_request_is_refused_and_the_code_stays_good(
    application: Application, changed: dict[str, str | None], code: int, error: str, status: int
) -> None:
    issued = application.code_of("full.mailbox")
    refused(application.redeem(issued, **changed), code, error, status)  # type: ignore[arg-type]
    assert application.redeem(issued).status_code == 200


def test_a_code_is_good_once(application: Application) -> None:
    code = application.code_of("full.mailbox")
    assert application.redeem(code).status_code == 200
    refused(application.redeem(code), 54005)


def test_a_code_grows_old(application: Application, simulator: Simulator) -> None:
    code = application.code_of("full.mailbox")
    simulator.switch(code_lifetime=-1)
    refused(application.redeem(code), 70008)


def test_the_correlation_id_is_the_clients_own(application: Application) -> None:
    own = "7b3f1a52-0c1d-4e2f-8a9b-0123456789ab"
    answer = application.ask_token(headers={"client-request-id": own}, grant_type="password")
    assert answer.json()["correlation_id"] == own


@pytest.mark.parametrize("method", ["plain", None])
def test_a_plain_verifier_is_compared_as_it_is(application: Application, method: str | None) -> None:
    sent = {"code_challenge": application.verifier, "code_challenge_method": method}
    code = application.code_of("full.mailbox", **sent)
    refused(application.redeem(code, code_verifier="x" * 43), 501481)
    assert application.redeem(code).status_code == 200


def test_a_client_may_do_without_pkce(application: Application) -> None:
    code = application.code_of("full.mailbox", code_challenge=None, code_challenge_method=None)
    assert application.redeem(code, code_verifier=None).status_code == 200


def test_tokens_are_asked_for_by_post(application: Application) -> None:
    answer = application.look(f"{application.login}/{TENANT_ID}/oauth2/v2.0/token")
    refused(answer, 900561, "invalid_request", 405)
