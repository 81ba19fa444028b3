"""Signing out at Microsoft."""

from urllib.parse import urlencode

import pytest

from simulator.tenant import TENANT_ID
from tests.simulator.application import Application


def logout_url(application: Application, **sent: str) -> str:
    return f"{application.login}/{TENANT_ID}/oauth2/v2.0/logout?{urlencode(sent)}"


@pytest.mark.parametrize("path", ["", "ja/", "en/"])
def test_sign_out_ends_the_session_and_goes_where_the_site_wants(application: Application, path: str) -> None:
    application.code_of("full.mailbox")
    target = f"http://localhost:8000/{path}"
    answer = application.look(logout_url(application, post_logout_redirect_uri=target))
    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    back = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert back["error"] == "login_required"


@pytest.mark.parametrize("target", ["", "http://evil.example/", "https://localhost:8000/ja/"])
def test_an_unregistered_address_gets_a_page_instead(application: Application, target: str) -> None:
    application.code_of("full.mailbox")
    answer = application.look(logout_url(application, post_logout_redirect_uri=target), **{"Accept-Language": "en"})
    assert answer.status_code == 200
    assert "You signed out" in answer.text
    assert "evil" not in answer.text
    assert not application.browser.cookies


def test_state_comes_back_after_sign_out(application: Application) -> None:
    sent = {"post_logout_redirect_uri": "http://localhost:8000/ja/", "state": "a b"}
    answer = application.look(logout_url(application, **sent))
    assert answer.headers["Location"] == "http://localhost:8000/ja/?state=a+b"


def test_an_unknown_tenant_is_told_so(application: Application) -> None:
    answer = application.look(f"{application.login}/nowhere/oauth2/v2.0/logout")
    assert answer.status_code == 400
    assert "AADSTS90002" in answer.text
