"""Refusals made to order: every number, wherever it can strike."""

import json
from typing import Any

import pytest

from m365_simulator.aadsts import TABLE
from tests.administrator import Administrator
from tests.application import Application
from tests.refusals import refused
from tests.simulator_control import Simulator

PROOF = (50074, 50076, 50079, 50158)
POLICY = {50131: "message_only", 53000: "additional_action", 53003: "message_only", 530032: "message_only"}
ENDED = {50132: "sign-in", 50133: "sign-in", 50173: "sign-in", 70043: "sign-in", 70008: "grant", 700082: "grant"}


@pytest.mark.parametrize("at", ["code", "refresh"])
@pytest.mark.parametrize("aadsts", sorted(TABLE))
def test_every_number_can_strike_at_the_token_endpoint(
    application: Application, administrator: Administrator, aadsts: int, at: str
) -> None:
    code = application.code_of("full.mailbox")
    token = application.sign_in("full.mailbox")["refresh_token"]
    administrator.condition(aadsts, at, "full.mailbox", times=1)
    use = {"code": lambda: application.redeem(code), "refresh": lambda: application.refresh(token)}[at]
    answer = use()
    body = refused(answer, aadsts, answer.json()["error"], TABLE[aadsts].status)
    assert ("claims" in body) is (aadsts in (*PROOF, *POLICY))
    assert use().status_code == 200


@pytest.mark.parametrize("error", ["invalid_grant", "interaction_required"])
@pytest.mark.parametrize("aadsts", [*PROOF, *POLICY])
def test_a_policys_refusal_carries_the_claims_to_send_back(
    simulator: Simulator, application: Application, administrator: Administrator, aadsts: int, error: str
) -> None:
    """Both errors were seen with these numbers."""
    simulator.switch(interaction_error=error)
    token = application.sign_in("full.mailbox")["refresh_token"]
    administrator.condition(aadsts, "refresh")
    body = refused(application.refresh(token), aadsts, error)
    assert body["suberror"] == POLICY.get(aadsts, "basic_action")
    assert json.loads(body["claims"])["access_token"]["capolids"]["essential"] is True


@pytest.mark.parametrize("aadsts", PROOF)
def test_a_second_factor_ends_what_asks_for_it(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    administrator.condition(aadsts, "refresh", "full.mailbox")
    claims = application.refresh(token).json()["claims"]
    answered = application.sign_in("full.mailbox", claims=claims)["refresh_token"]
    assert application.refresh(answered).status_code == 200
    assert application.refresh(token).status_code == 400


@pytest.mark.parametrize("aadsts", POLICY)
def test_what_a_policy_blocks_stays_blocked(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    administrator.condition(aadsts, "refresh", "full.mailbox")
    claims = application.refresh(token).json()["claims"]
    again = application.sign_in("full.mailbox", claims=claims)["refresh_token"]
    assert application.refresh(again).json()["error_codes"] == [aadsts]


@pytest.mark.parametrize("aadsts", ENDED)
def test_what_has_ended_is_mended_by_signing_in(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    administrator.condition(aadsts, "refresh", "full.mailbox")
    refused(application.refresh(token), aadsts)
    assert application.refresh(application.sign_in("full.mailbox")["refresh_token"]).status_code == 200
    refused(application.refresh(token), aadsts)


@pytest.mark.parametrize(("aadsts", "ends_with"), ENDED.items())
def test_only_an_ended_session_must_be_signed_in_anew(
    application: Application, administrator: Administrator, aadsts: int, ends_with: str
) -> None:
    application.code_of("full.mailbox")
    administrator.condition(aadsts, "refresh", "full.mailbox")
    silent = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert silent.get("error") == (None if ends_with == "grant" else "login_required")


@pytest.mark.parametrize("aadsts", POLICY)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_policys_refusal_at_sign_in_stays_on_microsofts_page(
    application: Application, administrator: Administrator, aadsts: int, language: str
) -> None:
    administrator.condition(aadsts, "authorize", "full.mailbox")
    page = application.pick("full.mailbox", ui_locales=language)
    assert page.status_code == 400
    assert f"AADSTS{aadsts}" in page.text
    assert {"ja": "大学の規則", "en": "your university’s rules"}[language] in page.text
    assert application.code_of("forwarder")


@pytest.mark.parametrize("aadsts", [*PROOF, *POLICY, 50105, 50057, 16000, 90072])
def test_silently_the_application_hears_that_somebody_must_act(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    application.code_of("full.mailbox")
    administrator.condition(aadsts, "authorize")
    back = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert back["error"] == "interaction_required"
    assert back["error_description"].startswith(f"AADSTS{aadsts}: ")
    assert back["error_uri"].endswith(f"code={aadsts}")


@pytest.mark.parametrize("aadsts", PROOF)
def test_at_sign_in_a_second_factor_is_a_page_with_a_button(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    administrator.condition(aadsts, "authorize", "full.mailbox")
    page = application.pick("full.mailbox")
    assert page.status_code == 200
    assert f"AADSTS{aadsts}" in page.text
    assert '<button class="main" name="proof" value="given">' in page.text
    code = application.came_back(application.pick("full.mailbox", proof="given"))["code"]
    administrator.condition(50076, "refresh")
    assert application.refresh(application.redeem(code).json()["refresh_token"]).status_code == 200


@pytest.mark.parametrize("aadsts", [50011, 50194, 700016, 90002, 9002332])
def test_what_is_about_the_application_comes_before_the_picker(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    administrator.condition(aadsts, "authorize", times=1)
    page = application.look(application.authorize_url())
    assert page.status_code == 400
    assert f"AADSTS{aadsts}" in page.text
    assert "<form" not in page.text
    assert application.look(application.authorize_url()).status_code == 200


@pytest.mark.parametrize(("aadsts", "error"), [(65004, "access_denied"), (65001, "consent_required")])
def test_what_the_application_may_hear_goes_back(
    application: Application, administrator: Administrator, aadsts: int, error: str
) -> None:
    administrator.condition(aadsts, "authorize", "full.mailbox")
    assert application.came_back(application.pick("full.mailbox"))["error"] == error


def test_a_transient_error_goes_back_and_passes(application: Application, administrator: Administrator) -> None:
    administrator.condition(90033, "authorize", times=1)
    assert application.came_back(application.pick("full.mailbox"))["error"] == "temporarily_unavailable"
    assert application.code_of("full.mailbox")


@pytest.mark.parametrize("aadsts", [code for code in sorted(TABLE) if ENDED.get(code) != "sign-in"])
def test_every_number_can_strike_at_sign_in(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    administrator.condition(aadsts, "authorize", "full.mailbox")
    answer = application.pick("full.mailbox")
    shown = answer.text if answer.status_code != 302 else application.came_back(answer)["error_description"]
    assert f"AADSTS{aadsts}: " in shown
    assert (answer.status_code == 302) is bool(TABLE[aadsts].returned_as)


@pytest.mark.parametrize("aadsts", [code for code, ends_with in ENDED.items() if ends_with == "sign-in"])
def test_an_ended_session_is_signed_in_anew_and_good_again(
    application: Application, administrator: Administrator, aadsts: int
) -> None:
    silent = application.authorize_url(prompt="none")
    application.code_of("full.mailbox")
    administrator.condition(aadsts, "authorize")
    assert application.came_back(application.look(silent))["error"] == "login_required"
    application.code_of("full.mailbox")
    assert application.came_back(application.look(silent))["code"]


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"aadsts": 53003},
        {"aadsts": 53003, "at": "home"},
        {"aadsts": 1, "at": "code"},
        {"aadsts": "53003", "at": "code"},
        {"aadsts": 53003, "at": "code", "times": 0},
        {"aadsts": 53003, "at": "code", "times": True},
        {"aadsts": 53003, "at": "code", "address": 7},
        {"aadsts": 53003, "at": "code", "person": "x"},
    ],
)
def test_a_malformed_condition_is_refused_with_a_reason(administrator: Administrator, wanted: dict[str, Any]) -> None:
    answer = administrator.ask("PUT", "conditions", wanted)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert administrator.done("GET", "conditions") == {"conditions": []}


def test_conditions_are_listed_with_their_hits_and_taken_away(
    application: Application, administrator: Administrator
) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    administrator.condition(53003, "refresh", "full.mailbox")
    application.refresh(token)
    (listed,) = administrator.done("GET", "conditions")["conditions"]
    assert (listed["aadsts"], listed["at"], listed["hits"]) == (53003, "refresh", 1)
    assert administrator.done("PUT", "conditions", {"clear": True}) == {"conditions": []}
    assert application.refresh(token).status_code == 200
