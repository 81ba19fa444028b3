"""OpenID Connect's userinfo, at Graph."""

from typing import Any

import pytest
import requests

from m365_simulator.directory.person import TENANT_ID
from tests.application import Application
from tests.read_token import read


def asked(application: Application, tokens: dict[str, Any], method: str = "GET") -> requests.Response:
    found = application.look(f"{application.login}/{TENANT_ID}/v2.0/.well-known/openid-configuration").json()
    assert found["userinfo_endpoint"].startswith(application.origin)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return application.browser.request(method, found["userinfo_endpoint"], headers=headers, timeout=10)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_names_the_person_of_the_id_token(application: Application, method: str) -> None:
    tokens = application.sign_in("full.mailbox", scope="openid profile email User.Read")
    answer = asked(application, tokens, method)
    assert answer.json() == {
        "sub": read(tokens["id_token"])["sub"],
        "name": "佐藤 美咲",
        "family_name": "佐藤",
        "given_name": "美咲",
        "email": "full.mailbox@example.ac.jp",
    }


def test_it_says_no_more_than_the_scopes(application: Application) -> None:
    tokens = application.sign_in("full.mailbox", scope="openid User.Read")
    assert set(asked(application, tokens).json()) == {"sub"}


def test_without_openid_it_says_nothing(application: Application) -> None:
    assert asked(application, application.sign_in("full.mailbox", scope="User.Read")).status_code == 403


def test_without_a_token_it_says_nothing(application: Application) -> None:
    answer = asked(application, {"access_token": "made-up"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_asked_as_microsoft_it_is_at_graph(application: Application) -> None:
    address = f"{application.login}/{TENANT_ID}/v2.0/.well-known/openid-configuration"
    found = application.look(address, Host="login.microsoftonline.com").json()
    assert found["userinfo_endpoint"] == "https://graph.microsoft.com/oidc/userinfo"
