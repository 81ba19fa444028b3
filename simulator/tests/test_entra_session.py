"""Single sign-on: who is asked, who is not, and how prompts, hints and age change that."""

import re
import time

import pytest

from tests.administrator import Administrator
from tests.application import Application
from tests.read_token import read
from tests.simulator_control import Simulator


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
