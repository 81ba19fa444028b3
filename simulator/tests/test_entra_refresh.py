"""What a refresh token is good for, and when it ends."""

import json
import re

from tests.application import Application
from tests.read_token import read
from tests.refusals import refused
from tests.simulator_control import Simulator


def test_without_offline_access_there_is_no_refresh_token(application: Application) -> None:
    assert "refresh_token" not in application.sign_in("full.mailbox", scope="openid profile User.Read")


def test_a_refresh_gives_a_new_token_and_the_old_one_stays_good(application: Application) -> None:
    first = application.sign_in("full.mailbox")["refresh_token"]
    second = application.refresh(first).json()["refresh_token"]
    assert first != second
    assert application.refresh(first).status_code == 200
    assert application.refresh(second).status_code == 200


def test_the_old_refresh_token_ends_when_it_is_switched_so(application: Application, simulator: Simulator) -> None:
    simulator.switch(refresh_rotation="ends_old")
    first = application.sign_in("full.mailbox")["refresh_token"]
    second = application.refresh(first).json()["refresh_token"]
    refused(application.refresh(first), 70000)
    assert application.refresh(second).status_code == 200


def test_a_refused_refresh_uses_nothing_up(application: Application, simulator: Simulator) -> None:
    simulator.switch(refresh_rotation="ends_old")
    token = application.sign_in("full.mailbox")["refresh_token"]
    refused(application.refresh(token, scope="No.Such"), 650053, "invalid_client")
    assert application.refresh(token).status_code == 200


def test_an_unused_refresh_token_grows_old(application: Application, simulator: Simulator) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    simulator.switch(refresh_token_lifetime=-1)
    body = refused(application.refresh(token), 700082)
    assert re.search(r"issued on \d{4}-\d\d-\d\dT", body["error_description"])


def test_the_same_refresh_over_and_over_is_a_loop(application: Application, simulator: Simulator) -> None:
    simulator.switch(loop_limit=3)
    token = application.sign_in("full.mailbox")["refresh_token"]
    assert [application.refresh(token).status_code for _ in range(3)] == [200] * 3
    refused(application.refresh(token), 50196)
    assert application.refresh(token, scope="User.Read").status_code == 200
    simulator.switch(loop_limit=0)
    assert application.refresh(token).status_code == 200


def test_a_refresh_cannot_answer_a_challenge_by_itself(application: Application) -> None:
    token = application.sign_in("needs.mfa")["refresh_token"]
    claims = refused(application.refresh(token), 50076)["claims"]
    refused(application.refresh(token, claims=claims), 50076)
    newer = '{"access_token":{"nbf":{"essential":true,"value":"4102444800"}}}'
    refused(application.refresh(application.sign_in("full.mailbox")["refresh_token"], claims=newer), 50173)


def test_a_refresh_may_ask_for_other_scopes(application: Application) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    body = application.refresh(token, scope="MailboxSettings.ReadWrite offline_access").json()
    assert body["scope"] == "https://graph.microsoft.com/MailboxSettings.ReadWrite"
    assert read(body["access_token"])["scp"] == "MailboxSettings.ReadWrite"


def test_a_refresh_for_a_scope_without_consent_is_refused(application: Application) -> None:
    application.pick("no.consent", consent="accept")
    token = application.sign_in("no.consent")["refresh_token"]
    body = refused(application.refresh(token, scope="Mail.ReadWrite"), 65001)
    assert body["suberror"] == "consent_required"


def test_an_unknown_refresh_token_is_refused(application: Application) -> None:
    refused(application.refresh("made-up"), 70000)


def test_who_needs_mfa_is_refused_at_refresh_until_the_challenge_is_answered(application: Application) -> None:
    token = application.sign_in("needs.mfa")["refresh_token"]
    body = refused(application.refresh(token), 50076)
    assert body["suberror"] == "basic_action"
    challenge = str(body["claims"])
    assert "capolids" in json.loads(challenge)["access_token"]
    answered = application.sign_in("needs.mfa", claims=challenge)["refresh_token"]
    assert application.refresh(answered).status_code == 200


def test_a_reset_forgets_codes_and_refresh_tokens(application: Application, simulator: Simulator) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    simulator.reset()
    refused(application.refresh(token), 70000)
