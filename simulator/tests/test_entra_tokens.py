"""Which tokens open Graph, and what it says of the others."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
import requests

from tests.application import Application
from tests.read_token import read
from tests.simulator_control import Simulator

ADDRESS = "full.mailbox@example.ac.jp"


def me(simulator: Simulator, header: str | None) -> requests.Response:
    headers = {} if header is None else {"Authorization": header}
    return simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10)


def token(simulator: Simulator, **wanted: Any) -> str:
    body = {"address": ADDRESS, "scopes": ["User.Read", "offline_access"], **wanted}
    return simulator.session.post(f"{simulator.address}/control/token", json=body, timeout=10).json()["access_token"]


def refused(answer: requests.Response) -> str:
    """The message of a token that is not taken."""
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="", authorization_uri="')
    error = answer.json()["error"]
    assert error["code"] == "InvalidAuthenticationToken"
    return error["message"]


def test_a_good_token_says_who_and_what_for(simulator: Simulator) -> None:
    made = token(simulator, capabilities=["cp1"], expires_in=60)
    assert me(simulator, f"Bearer {made}").json()["userPrincipalName"] == ADDRESS
    claims = read(made)
    assert (claims["scp"], claims["xms_cc"], claims["upn"]) == ("User.Read", ["cp1"], ADDRESS)
    assert claims["nbf"] == claims["iat"] < claims["exp"]


@pytest.mark.behaviour(1)
def test_an_old_token_is_refused_with_graphs_words(simulator: Simulator) -> None:
    said = refused(me(simulator, f"Bearer {token(simulator, expires_in=-1)}"))
    assert said == "Lifetime validation failed, the token is expired."


@pytest.mark.behaviour(1)
@pytest.mark.parametrize("sent", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer nonsense", "Bearer a.b.c"])
def test_what_is_no_token_is_refused(simulator: Simulator, sent: str | None) -> None:
    assert refused(me(simulator, sent))


@pytest.mark.behaviour(1)
@pytest.mark.parametrize("kid", ["of the token", "made-up"])
def test_a_token_signed_by_somebody_else_is_refused(simulator: Simulator, kid: str) -> None:
    good = token(simulator)
    named = jwt.get_unverified_header(good)["kid"] if kid == "of the token" else kid
    forged = jwt.api_jws.encode(jwt.utils.base64url_decode(good.split(".")[1]), "k" * 64, "HS256", {"kid": named})
    assert refused(me(simulator, f"Bearer {forged}")) == "Signing key is invalid."


@pytest.mark.behaviour(1)
def test_an_id_token_is_not_for_graph(simulator: Simulator, application: Application) -> None:
    said = refused(me(simulator, f"Bearer {application.sign_in('full.mailbox')['id_token']}"))
    assert said == "Access token validation failure. Invalid audience."
