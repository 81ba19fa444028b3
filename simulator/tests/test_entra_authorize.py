"""The authorize page: what it refuses, whom it lets in, and how it goes back."""

import html
import re
from urllib.parse import parse_qsl

import pytest

from m365_simulator.directory.person import OTHER_TENANT_ID
from tests.application import CALLBACK, Application, query_of
from tests.simulator_control import Simulator


def test_a_click_on_a_person_goes_back_with_code_and_state(application: Application) -> None:
    back = application.came_back(application.pick("full.mailbox"))
    assert back["state"] == "state-1"
    assert back["code"]
    assert back["session_state"]


def test_a_client_may_post_its_request(application: Application) -> None:
    address, _, query = application.authorize_url(state="a b&c").partition("?")
    answer = application.browser.post(address, data=dict(parse_qsl(query)), timeout=10)
    assert answer.history[0].status_code == 302
    assert answer.status_code == 200
    assert query_of(answer.url) == dict(parse_qsl(query))


def test_nothing_is_asked_of_a_person_but_one_click(application: Application) -> None:
    page = application.look(application.authorize_url())
    assert page.status_code == 200
    assert "password" not in re.sub(r"no password is needed", "", page.text.lower())
    assert page.text.count('<button name="address"') == 11


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/accounts/microsoft/login/callback/",
        "http://127.0.0.1:54321/accounts/microsoft/login/callback/",
    ],
)
def test_the_port_of_a_loopback_address_is_not_compared(application: Application, address: str) -> None:
    answer = application.pick("full.mailbox", redirect_uri=address)
    assert answer.headers["Location"].startswith(address + "?code=")


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/accounts/microsoft/login/callback",
        "http://localhost:8000/accounts/microsoft/login/callback/?next=/",
        "http://localhost:8000/Accounts/microsoft/login/callback/",
        "https://localhost:8000/accounts/microsoft/login/callback/",
        "http://localhost.evil.example/accounts/microsoft/login/callback/",
        "http://localhost:8000@evil.example/accounts/microsoft/login/callback/",
        "http://evil.example/",
        "",
    ],
)
def test_another_redirect_address_ends_on_a_page_that_never_returns(application: Application, address: str) -> None:
    for answer in (
        application.look(application.authorize_url(redirect_uri=address)),
        application.pick("full.mailbox", redirect_uri=address),
    ):
        assert answer.status_code == 400
        assert "AADSTS50011" in answer.text
        assert "<form" not in answer.text


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"client_id": "11111111-2222-3333-4444-555555555555"}, "AADSTS700016"),
        ({"client_id": None}, "AADSTS900144"),
        ({"tenant": "no-such-tenant"}, "AADSTS90002"),
        ({"tenant": OTHER_TENANT_ID}, "AADSTS700016"),
        ({"tenant": "common"}, "AADSTS50194"),
        ({"response_mode": "carrier_pigeon"}, "AADSTS90023"),
    ],
)
def test_what_cannot_be_trusted_stays_on_the_page(
    application: Application, changed: dict[str, str | None], code: str
) -> None:
    answer = application.look(application.authorize_url(**changed))  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert code in answer.text


@pytest.mark.parametrize(
    ("changed", "error", "code"),
    [
        ({"response_type": "token"}, "unsupported_response_type", "AADSTS700054"),
        ({"scope": None}, "invalid_request", "AADSTS900144"),
        ({"scope": "Mail.Reed"}, "invalid_client", "AADSTS650053"),
        ({"scope": "User.Read https://outlook.office.com/IMAP.AccessAsUser.All"}, "invalid_request", "AADSTS28000"),
        ({"code_challenge_method": "S512"}, "invalid_request", "AADSTS90023"),
        ({"max_age": "soon"}, "invalid_request", "AADSTS90023"),
        ({"max_age": "9" * 5000}, "invalid_request", "AADSTS90023"),
        ({"claims": "{"}, "invalid_request", "AADSTS90023"),
        ({"claims": "[" * 5000}, "invalid_request", "AADSTS90023"),
        ({"prompt": "consent select_account"}, "invalid_request", "AADSTS90023"),
        ({"prompt": "create"}, "invalid_request", "AADSTS90023"),
        ({"response_type": "code id_token"}, "unsupported_response_type", "AADSTS700054"),
        ({"code_challenge": "short"}, "invalid_request", "AADSTS501491"),
        ({"code_challenge": "a" * 129}, "invalid_request", "AADSTS501491"),
        ({"code_challenge": "あ" * 43}, "invalid_request", "AADSTS501491"),
    ],
)
def test_a_wrong_request_goes_back_with_its_error(
    application: Application, changed: dict[str, str | None], error: str, code: str
) -> None:
    back = application.came_back(application.look(application.authorize_url(**changed)))
    assert back["error"] == error
    assert back["error_description"].startswith(code)
    assert back["error_uri"] == f"https://login.microsoftonline.com/error?code={code.removeprefix('AADSTS')}"
    assert back["state"] == "state-1"


def test_scopes_may_carry_their_resource(application: Application) -> None:
    scope = "openid https://graph.microsoft.com/User.Read https://graph.microsoft.com/mail.read"
    assert application.code_of("full.mailbox", scope=scope)


def test_an_account_of_another_tenant_is_told_so_and_not_sent_back(application: Application) -> None:
    answer = application.pick("other.tenant@other.example")
    assert answer.status_code == 400
    assert "AADSTS50020" in answer.text
    again = re.search(r'<a href="([^"]+)"', answer.text)
    assert again
    assert "/oauth2/v2.0/authorize?" in html.unescape(again[1])


@pytest.mark.parametrize("code", [50020, 90072, 16000])
def test_a_stranger_is_refused_under_each_number_that_was_seen(
    simulator: Simulator, application: Application, code: int
) -> None:
    simulator.switch(stranger_code=code)
    answer = application.pick("other.tenant@other.example")
    assert answer.status_code == 400
    assert f"AADSTS{code}: " in answer.text


def test_a_personal_account_is_told_so(application: Application) -> None:
    answer = application.pick("Somebody@Outlook.com", ui_locales="en")
    assert answer.status_code == 400
    assert "AADSTS500208" in answer.text
    assert "personal account" in answer.text


def test_an_unknown_address_is_told_so(application: Application) -> None:
    answer = application.pick("nobody")
    assert answer.status_code == 400
    assert "AADSTS50034" in answer.text


@pytest.mark.parametrize("address", ["", "<script>alert(1)</script>", "\x00", "あ" * 5000])
def test_whatever_is_sent_as_address_is_text(application: Application, address: str) -> None:
    answer = application.browser.post(application.authorize_url(), data={"address": address}, timeout=10)
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_form_post_sends_the_answer_as_a_form(application: Application) -> None:
    answer = application.pick("full.mailbox", response_mode="form_post")
    assert answer.status_code == 200
    assert f'action="{CALLBACK}"' in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))
    assert fields["state"] == "state-1"
    assert application.redeem(fields["code"]).status_code == 200


def test_fragment_puts_the_answer_behind_the_hash(application: Application) -> None:
    answer = application.pick("full.mailbox", response_mode="fragment")
    assert query_of(answer.headers["Location"].replace("?", "")).get("code")
    assert "#" in answer.headers["Location"]


def test_the_clients_own_id_is_on_the_page_and_in_the_answer(application: Application) -> None:
    own = {"client-request-id": "7b3f1a52-0c1d-4e2f-8a9b-0123456789ab"}
    page = application.look(application.authorize_url(redirect_uri="http://evil.example/", **own))
    assert own["client-request-id"] in page.text
    back = application.came_back(application.look(application.authorize_url(prompt="none", **own)))
    assert f"Correlation ID: {own['client-request-id']} " in back["error_description"]
