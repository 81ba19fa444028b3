"""Signing out at Microsoft."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
import requests

from m365_simulator.directory.person import TENANT_ID
from tests.administrator import Administrator
from tests.application import Application, query_of
from tests.read_token import read
from tests.simulator_control import Simulator

HOME = "http://localhost:8000/ja/"
LOGOUT = "http://localhost:8000/accounts/microsoft/logout/"


def logout_url(application: Application, **sent: str) -> str:
    return f"{application.login}/{TENANT_ID}/oauth2/v2.0/logout?{urlencode(sent)}"


def sign_out(application: Application, **sent: str) -> requests.Response:
    return application.look(logout_url(application, **sent), **{"Accept-Language": "en"})


def is_signed_in(application: Application, person: str) -> bool:
    hinted = application.authorize_url(prompt="none", login_hint=f"{person}@example.ac.jp")
    return "code" in application.came_back(application.look(hinted))


def frames(answer: requests.Response) -> list[str]:
    assert answer.status_code == 200
    return [unescape(address) for address in re.findall(r'<iframe src="([^"]+)"', answer.text)]


@pytest.mark.parametrize("path", ["", "ja/", "en/"])
def test_sign_out_ends_the_session_and_goes_where_the_site_wants(application: Application, path: str) -> None:
    application.code_of("full.mailbox")
    target = f"http://localhost:8000/{path}"
    answer = sign_out(application, post_logout_redirect_uri=target)
    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    assert not is_signed_in(application, "full.mailbox")


@pytest.mark.parametrize("target", ["", "http://evil.example/", "https://localhost:8000/ja/"])
def test_an_unregistered_address_gets_a_page_instead(application: Application, target: str) -> None:
    application.code_of("full.mailbox")
    answer = sign_out(application, post_logout_redirect_uri=target)
    assert answer.status_code == 200
    assert "You signed out" in answer.text
    assert "evil" not in answer.text
    assert not application.browser.cookies


def test_state_comes_back_after_sign_out(application: Application) -> None:
    answer = sign_out(application, post_logout_redirect_uri=HOME, state="a b")
    assert answer.headers["Location"] == f"{HOME}?state=a+b"


def test_a_client_may_post_its_request(application: Application) -> None:
    application.code_of("full.mailbox")
    sent = {"post_logout_redirect_uri": HOME, "state": "s"}
    answer = application.browser.post(logout_url(application), data=sent, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{HOME}?state=s")
    assert not is_signed_in(application, "full.mailbox")


def test_an_unknown_tenant_is_told_so(application: Application) -> None:
    answer = application.look(f"{application.login}/nowhere/oauth2/v2.0/logout")
    assert answer.status_code == 400
    assert "AADSTS90002" in answer.text


@pytest.mark.parametrize("tenant", ["common", "organizations", "example.ac.jp"])
def test_every_door_leads_out(application: Application, tenant: str) -> None:
    application.code_of("full.mailbox")
    assert application.look(f"{application.login}/{tenant}/oauth2/v2.0/logout").status_code == 200
    assert not is_signed_in(application, "full.mailbox")


def test_a_hint_signs_that_account_out_and_no_other(application: Application) -> None:
    hint = read(application.sign_in("full.mailbox")["id_token"])["login_hint"]
    application.code_of("forwarder")
    answer = sign_out(application, post_logout_redirect_uri=HOME, logout_hint=hint)
    assert answer.headers["Location"] == HOME
    assert not is_signed_in(application, "full.mailbox")
    assert is_signed_in(application, "forwarder")


@pytest.mark.parametrize("hint", ["", "full.mailbox@example.ac.jp", "O.made-up"])
def test_without_a_good_hint_the_person_is_asked_which_of_two(application: Application, hint: str) -> None:
    """An address is no hint: Microsoft says not to use one."""
    for person in ("full.mailbox", "forwarder"):
        application.code_of(person)
    page = sign_out(application, post_logout_redirect_uri=HOME, logout_hint=hint)
    assert page.text.count('<button name="address"') == 2
    asked = logout_url(application, post_logout_redirect_uri=HOME)
    picked = {"address": "forwarder@example.ac.jp"}
    answer = application.browser.post(asked, data=picked, allow_redirects=False, timeout=10)
    assert answer.headers["Location"] == HOME
    assert is_signed_in(application, "full.mailbox")
    assert not is_signed_in(application, "forwarder")


@pytest.mark.parametrize(("asks", "shown"), [("several", False), ("always", True)])
def test_the_only_account_is_asked_for_or_not(
    simulator: Simulator, application: Application, asks: str, shown: bool
) -> None:
    simulator.switch(sign_out_asks=asks)
    application.code_of("full.mailbox")
    assert ('<button name="address"' in sign_out(application).text) is shown
    assert is_signed_in(application, "full.mailbox") is shown


def test_the_registered_address_is_told_which_sign_in_has_ended(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(logout_url=LOGOUT)
    claims = read(application.sign_in("full.mailbox")["id_token"])
    answer = sign_out(application, post_logout_redirect_uri=HOME, logout_hint=claims["login_hint"], state="s")
    (frame,) = frames(answer)
    assert frame.startswith(f"{LOGOUT}?")
    assert query_of(frame) == {"sid": claims["sid"], "iss": claims["iss"]}
    assert "frame-src http://localhost:*;" in answer.headers["Content-Security-Policy"]
    assert f'<a href="{HOME}?state=s" id="on">' in answer.text
    assert '<script src="/static/leave.js" defer>' in answer.text
    assert not is_signed_in(application, "full.mailbox")


def test_an_application_that_knows_us_as_microsoft_is_told_in_microsofts_name(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(logout_url=LOGOUT)
    application.redeem(application.code_of("full.mailbox"), headers={"Host": "login.microsoftonline.com"})
    (frame,) = frames(sign_out(application))
    assert query_of(frame)["iss"] == f"https://login.microsoftonline.com/{TENANT_ID}/v2.0"


def test_an_application_is_told_of_a_code_that_it_never_redeemed(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(logout_url=LOGOUT)
    application.code_of("full.mailbox")
    (frame,) = frames(sign_out(application))
    assert query_of(frame)["iss"] == f"{application.login}/{TENANT_ID}/v2.0"


def test_without_a_way_back_the_application_hears_of_it_all_the_same(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(logout_url=f"{LOGOUT}?from=entra")
    claims = read(application.sign_in("full.mailbox")["id_token"])
    answer = sign_out(application)
    (frame,) = frames(answer)
    assert query_of(frame) == {"from": "entra", "sid": claims["sid"], "iss": claims["iss"]}
    assert "leave.js" not in answer.text


def test_nothing_is_told_when_nobody_was_signed_in(application: Application, administrator: Administrator) -> None:
    administrator.register(logout_url=LOGOUT)
    assert sign_out(application, post_logout_redirect_uri=HOME).status_code == 302
    assert frames(sign_out(application)) == []


def test_a_new_sign_in_has_a_new_sid(application: Application) -> None:
    first = read(application.sign_in("full.mailbox")["id_token"])["sid"]
    sign_out(application)
    assert read(application.sign_in("full.mailbox")["id_token"])["sid"] != first


def test_the_script_that_leads_on_is_there(application: Application) -> None:
    assert application.look(f"{application.origin}/static/leave.js").status_code == 200
