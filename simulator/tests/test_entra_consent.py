"""May the application? The person says, or an administrator."""

import pytest

from m365_simulator.directory.registration import CLIENT_ID
from tests.application import Application
from tests.simulator_control import Simulator


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
