"""What an administrator ends: sign-ins, accounts, and with them the tokens."""

import base64
import json
import re
from typing import Any

import pytest
import requests

from tests.administrator import Administrator
from tests.application import Application
from tests.refusals import refused
from tests.simulator_control import Simulator

CAPABLE = '{"access_token":{"xms_cc":{"values":["cp1"]}}}'
LINE = re.compile(r'error="insufficient_claims", claims="([^"]+)"')


def me(simulator: Simulator, tokens: dict[str, Any]) -> requests.Response:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10)


def challenge_in(answer: requests.Response) -> dict[str, Any]:
    """What a client of Microsoft's reads out of the header; padding may be missing."""
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "InvalidAuthenticationToken"
    found = LINE.search(answer.headers["WWW-Authenticate"])
    assert found
    return json.loads(base64.b64decode(found[1] + "=="))


@pytest.mark.behaviour(2)
def test_a_revoked_token_of_a_capable_client_is_challenged_and_a_new_one_is_not(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    held = application.sign_in("full.mailbox", claims=CAPABLE)
    assert me(simulator, held).status_code == 200
    administrator.revoke("full.mailbox")
    challenge = challenge_in(me(simulator, held))
    newer = challenge["access_token"]["nbf"]
    assert newer["essential"] is True
    merged = json.dumps({"access_token": {"nbf": newer, "xms_cc": {"values": ["cp1"]}}})
    assert me(simulator, application.sign_in("full.mailbox", claims=merged)).status_code == 200
    challenge_in(me(simulator, held))


@pytest.mark.behaviour(2)
def test_without_the_capability_a_revoked_token_lives_on(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    held = application.sign_in("full.mailbox")
    administrator.revoke("full.mailbox")
    assert me(simulator, held).status_code == 200


@pytest.mark.behaviour(2)
def test_a_blocked_account_is_challenged_until_it_is_let_in_again(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    capable = application.sign_in("full.mailbox", claims=CAPABLE)
    plain = application.sign_in("full.mailbox")
    administrator.disable("full.mailbox")
    challenge_in(me(simulator, capable))
    assert me(simulator, plain).status_code == 200
    administrator.disable("full.mailbox", False)
    assert me(simulator, capable).status_code == 200


@pytest.mark.behaviour(2)
@pytest.mark.parametrize("form", ["bearer", "unpadded", "after_pop"])
def test_the_challenge_comes_in_every_form_that_was_seen(
    simulator: Simulator, application: Application, administrator: Administrator, form: str
) -> None:
    held = application.sign_in("full.mailbox", claims=CAPABLE)
    administrator.revoke("full.mailbox")
    simulator.switch(claims_challenge=form)
    answer = me(simulator, held)
    assert "nbf" in challenge_in(answer)["access_token"]
    line = answer.headers["WWW-Authenticate"]
    assert line.startswith("PoP " if form == "after_pop" else "Bearer ")
    assert line.endswith('="') is (form != "unpadded")


@pytest.mark.behaviour(2)
def test_a_batch_is_challenged_as_a_whole(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    held = application.sign_in("full.mailbox", claims=CAPABLE)
    administrator.revoke("full.mailbox")
    body = {"requests": [{"id": "1", "method": "GET", "url": "/me"}]}
    headers = {"Authorization": f"Bearer {held['access_token']}"}
    address = f"{simulator.address}/graph/v1.0/$batch"
    challenge_in(simulator.session.post(address, json=body, headers=headers, timeout=10))


def test_a_capable_client_gets_tokens_for_a_day(application: Application) -> None:
    assert 86399 <= application.sign_in("full.mailbox", claims=CAPABLE)["expires_in"] <= 28 * 3600
    assert application.sign_in("full.mailbox")["expires_in"] <= 5399


def test_revoked_grants_are_refused_and_those_of_others_are_not(
    application: Application, administrator: Administrator
) -> None:
    mine = application.sign_in("full.mailbox")["refresh_token"]
    others = application.sign_in("forwarder")["refresh_token"]
    code = application.code_of("full.mailbox")
    administrator.revoke("full.mailbox")
    assert refused(application.refresh(mine), 50173)["suberror"] == "bad_token"
    refused(application.redeem(code), 50173)
    assert application.refresh(others).status_code == 200
    assert application.refresh(application.sign_in("full.mailbox")["refresh_token"]).status_code == 200


def test_a_revocation_ends_the_session_in_the_browser_too(
    application: Application, administrator: Administrator
) -> None:
    application.code_of("full.mailbox")
    administrator.revoke("full.mailbox")
    silent = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert silent["error"] == "login_required"


def test_a_blocked_account_is_refused_everywhere(application: Application, administrator: Administrator) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    code = application.code_of("full.mailbox")
    administrator.disable("full.mailbox")
    refused(application.refresh(token), 50057)
    refused(application.redeem(code), 50057)
    page = application.pick("full.mailbox")
    assert page.status_code == 400
    assert "AADSTS50057" in page.text
    silent = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert silent["error"] == "interaction_required"
    administrator.disable("full.mailbox", False)
    assert application.refresh(token).status_code == 200


def test_nobody_can_be_revoked_or_blocked_by_mistake(administrator: Administrator) -> None:
    for path in ("revoke", "disable"):
        assert administrator.ask("POST", path, {"address": "nobody@example.ac.jp"}).status_code == 404
        assert administrator.ask("POST", path, {}).status_code == 404
    wrong = {"address": "full.mailbox@example.ac.jp", "disabled": "no"}
    assert administrator.ask("POST", "disable", wrong).status_code == 400


def test_a_reset_forgives_everything(
    simulator: Simulator, application: Application, administrator: Administrator
) -> None:
    held = application.sign_in("full.mailbox", claims=CAPABLE)
    administrator.revoke("full.mailbox")
    administrator.disable("full.mailbox")
    simulator.reset()
    assert me(simulator, held).status_code == 200
    assert application.code_of("full.mailbox")
