"""The authorize page: what it refuses, whom it lets in, and how it goes back."""

import html
import re
import time
from urllib.parse import parse_qsl

import pytest

from simulator.tenant import CLIENT_ID, OTHER_TENANT_ID
from tests.simulator.administrator import Administrator
from tests.simulator.application import CALLBACK, Application, query_of
from tests.simulator.read_token import read
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


def test_a_second_sign_in_shows_the_picker_with_the_signed_in_account_first(application: Application) -> None:
    application.code_of("rule.collector")
    page = application.look(application.authorize_url(), **{"Accept-Language": "en"})
    buttons = re.findall(r'<button name="address" value="([^"]+)"', page.text)
    assert buttons[0] == "rule.collector@example.ac.jp"
    assert "Signed in" in page.text


def test_prompt_none_signs_the_one_account_in_silently(application: Application) -> None:
    application.code_of("full.mailbox")
    back = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert application.redeem(back["code"]).status_code == 200


def test_prompt_none_without_a_session_is_login_required(application: Application) -> None:
    back = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert back["error"] == "login_required"
    assert back["error_description"].startswith("AADSTS50058")


def test_prompt_none_with_two_accounts_needs_a_hint(application: Application) -> None:
    application.code_of("full.mailbox")
    application.code_of("forwarder")
    back = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert back["error"] == "interaction_required"
    assert back["error_description"].startswith("AADSTS16000: ")
    hinted = application.authorize_url(prompt="none", login_hint="forwarder@example.ac.jp")
    assert "code" in application.came_back(application.look(hinted))


def test_prompt_none_with_two_accounts_takes_a_domain_for_a_hint(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(multi_tenant=True)
    for person in ("full.mailbox", "other.tenant@other.example"):
        application.code_of(person, tenant="common")
    hinted = application.authorize_url("common", prompt="none", domain_hint="other.example")
    code = application.came_back(application.look(hinted))["code"]
    claims = read(application.redeem(code, tenant="common").json()["id_token"])
    assert claims["preferred_username"] == "other.tenant@other.example"


@pytest.mark.parametrize(("how", "status"), [("picker", 200), ("silent", 302)])
def test_one_signed_in_account_is_asked_about_or_not(
    simulator: Simulator, application: Application, how: str, status: int
) -> None:
    simulator.switch(single_sign_on=how)
    application.code_of("full.mailbox")
    assert application.look(application.authorize_url()).status_code == status
    for prompt in ("login", "select_account", "consent"):
        assert application.look(application.authorize_url(prompt=prompt)).status_code == 200


def test_the_hint_of_an_id_token_is_as_good_as_an_address(application: Application) -> None:
    hint = read(application.sign_in("full.mailbox")["id_token"])["login_hint"]
    assert "code" in application.came_back(application.look(application.authorize_url(login_hint=hint)))


def test_a_hint_at_somebody_unknown_is_typed_already(application: Application) -> None:
    page = application.look(application.authorize_url(login_hint="somebody@example.ac.jp"))
    assert 'name="address" value="somebody@example.ac.jp"' in page.text
    page = application.look(application.authorize_url(login_hint="O.opaque"))
    assert "O.opaque" not in page.text.replace("login_hint=O.opaque", "")


def test_a_domain_hint_puts_its_people_first(application: Application) -> None:
    page = application.look(application.authorize_url(domain_hint="other.example"))
    first, second, third = re.findall(r'<button name="address" value="([^"]+)"', page.text)[:3]
    assert {first.rpartition("@")[2], second.rpartition("@")[2]} == {"other.example"}
    assert third.endswith("@example.ac.jp")


def test_a_challenge_for_a_newer_sign_in_is_not_met_silently(application: Application) -> None:
    application.code_of("full.mailbox")
    claims = f'{{"access_token":{{"nbf":{{"essential":true,"value":"{int(time.time()) + 60}"}}}}}}'
    hinted = application.authorize_url(login_hint="full.mailbox@example.ac.jp", claims=claims)
    assert application.look(hinted).status_code == 200


def test_the_clients_own_id_is_on_the_page_and_in_the_answer(application: Application) -> None:
    own = {"client-request-id": "7b3f1a52-0c1d-4e2f-8a9b-0123456789ab"}
    page = application.look(application.authorize_url(redirect_uri="http://evil.example/", **own))
    assert own["client-request-id"] in page.text
    back = application.came_back(application.look(application.authorize_url(prompt="none", **own)))
    assert f"Correlation ID: {own['client-request-id']} " in back["error_description"]


def test_a_client_that_loops_is_stopped(simulator: Simulator, application: Application) -> None:
    simulator.switch(loop_limit=3)
    application.code_of("full.mailbox")
    silent = application.authorize_url(prompt="none")
    assert [application.look(silent).status_code for _ in range(3)] == [302] * 3
    page = application.look(silent)
    assert page.status_code == 400
    assert "AADSTS50196" in page.text
    simulator.switch(loop_limit=0)
    assert application.look(silent).status_code == 302


def test_a_hint_signs_in_silently_unless_a_prompt_is_asked_for(application: Application) -> None:
    application.code_of("full.mailbox")
    hint = {"login_hint": "full.mailbox@example.ac.jp"}
    assert "code" in application.came_back(application.look(application.authorize_url(**hint)))
    for prompt in ("login", "select_account"):
        assert application.look(application.authorize_url(**hint, prompt=prompt)).status_code == 200


def test_a_hint_puts_that_person_first(application: Application) -> None:
    page = application.look(application.authorize_url(login_hint="forwarder@example.ac.jp"))
    assert re.findall(r'<button name="address" value="([^"]+)"', page.text)[0] == "forwarder@example.ac.jp"


def test_a_sign_in_older_than_max_age_does_not_count(application: Application) -> None:
    application.code_of("full.mailbox")
    assert "code" in application.came_back(application.look(application.authorize_url(prompt="none", max_age="600")))
    time.sleep(0.05)
    back = application.came_back(application.look(application.authorize_url(prompt="none", max_age="0")))
    assert back["error"] == "login_required"


def test_domain_hint_and_claims_are_accepted(application: Application) -> None:
    claims = '{"access_token":{"xms_cc":{"values":["cp1"]}}}'
    assert application.code_of("full.mailbox", domain_hint="example.ac.jp", claims=claims)


def test_consent_is_asked_of_the_one_who_has_not_given_it(application: Application) -> None:
    page = application.pick("no.consent")
    assert page.status_code == 200
    assert "Mail.Read" in page.text
    assert "User.Read" in page.text
    assert "code" in application.came_back(application.pick("no.consent", consent="accept"))
    assert "code" in application.came_back(application.pick("no.consent"))


def test_consent_is_asked_again_for_a_scope_not_yet_given(application: Application) -> None:
    application.pick("no.consent", consent="accept")
    more = "openid User.Read Mail.ReadWrite"
    assert application.pick("no.consent", scope=more).status_code == 200


def test_declined_consent_is_access_denied(application: Application) -> None:
    back = application.came_back(application.pick("no.consent", consent="decline"))
    assert back["error"] == "access_denied"
    assert back["error_description"].startswith("AADSTS65004")
    assert back["error_subcode"] == "cancel"
    assert "code" not in back


def test_consent_without_an_address_is_that_of_the_picker_again(application: Application) -> None:
    answer = application.browser.post(application.authorize_url(), data={"consent": "accept"}, timeout=10)
    assert answer.status_code == 400
    assert "<button" in answer.text


def test_an_administrators_policy_leaves_no_way_but_back(application: Application, simulator: Simulator) -> None:
    simulator.switch(consent_policy="admin")
    page = application.pick("no.consent", consent="accept")
    assert page.status_code == 200
    assert "AADSTS90094" in page.text
    assert application.came_back(application.pick("no.consent", consent="decline"))["error"] == "access_denied"


def test_where_there_is_a_workflow_one_asks_for_approval_and_goes_back(
    application: Application, simulator: Simulator
) -> None:
    simulator.switch(consent_policy="admin_workflow")
    page = application.pick("no.consent", ui_locales="en")
    assert "AADSTS90095" in page.text
    assert '<textarea name="reason"' in page.text
    assert "Your request was sent" in application.pick("no.consent", consent="request", ui_locales="en").text
    assert application.came_back(application.pick("no.consent", consent="decline"))["error"] == "access_denied"
    assert application.pick("no.consent").status_code == 200, "nobody approved it yet"


@pytest.mark.parametrize(("language", "words"), [("ja", "メールの読み取り"), ("en", "Read your mail")])
def test_consent_is_asked_for_in_plain_words(application: Application, language: str, words: str) -> None:
    page = application.pick("no.consent", ui_locales=language)
    assert f"<li>{words} <code>Mail.Read</code></li>" in page.text
    assert "<code>offline_access</code>" in page.text
    assert "<code>openid</code>" not in page.text


def test_prompt_consent_asks_anybody(application: Application) -> None:
    assert application.pick("full.mailbox", prompt="consent").status_code == 200
    assert "code" in application.came_back(application.pick("full.mailbox", consent="accept", prompt="consent"))


def test_prompt_none_without_consent_says_so(application: Application) -> None:
    application.pick("no.consent")
    back = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert back["error"] == "consent_required"
    assert CLIENT_ID in back["error_description"]
