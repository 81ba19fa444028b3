"""Every refusal of Entra's that a student can meet, and the page where it ends, in both languages.

The table is printed at the end of a run: `python -m pytest -q tests/accounts/test_failures.py -rP`.
https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from accounts.microsoft import entra
from accounts.microsoft.failures import REASONS, REASONS_BY_NUMBER
from accounts.sign_in_words import WORDS
from portal.status.health import findings
from tests.accounts.test_tokens import let_the_token_end, person
from tests.front_door import Page, Reader, at_microsoft, filled, leave_for_microsoft, sign_in_as
from tests.simulator_control import Simulator

ADDRESS = "new.student@example.ac.jp"
LANGUAGES = ("ja", "en")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@dataclass(frozen=True)
class Ends:
    """The page's h1 in both languages, its status, and whether /readyz names the cause."""

    ja: str
    en: str
    status: int = 403
    operators: bool = False


AGAIN = Ends("もう一度サインインしてください", "Please sign in once more", 200)
EXPIRED = Ends("このサインイン手続きは無効になりました", "This sign-in is no longer valid", 400)
PERMISSION = Ends("許可が必要です", "Your permission is needed", 200)
MISCONFIGURED = Ends("いまはサインインできません", "Signing in is not possible right now", 503, operators=True)
DECLINED = Ends("許可されなかったため、サインインしていません", "You are not signed in: the permission was not given")
NOT_ASSIGNED = Ends("このアカウントでは利用できません", "This account may not use this site")
NOT_APPROVED = Ends("このサイトはまだ大学で承認されていません", "The university has not approved this site yet")
STRANGER = Ends("この大学のアカウントではありません", "This is not an account of the university")

AT_REFRESH = {
    **dict.fromkeys((50074, 50076, 50079, 50158), AGAIN),  # a second factor is wanted
    **dict.fromkeys((50131, 53000, 53003, 530032), AGAIN),  # Conditional Access
    **dict.fromkeys((70008, 700082, 70043), AGAIN),  # too long ago
    **dict.fromkeys((50132, 50133, 50173), AGAIN),  # revoked, or a new password
    65001: PERMISSION,
}
AT_CODE = {54005: EXPIRED, 501481: EXPIRED}
# Microsoft says it on a page of its own and sends nobody back.
AT_MICROSOFT = (50011, 50020, 50034, 50105, 50194, 50196, 500208, 53003, 700016, 90072, 90094, 90095)


def told(aadsts: int, where: str, page: Page, ends: Ends) -> None:
    print(f"AADSTS{aadsts:<8} {where:<10} {page.response.status_code} {page.h1}")
    assert page.response.status_code == ends.status


def details(page: Page, aadsts: int) -> None:
    """What the helpdesk asks for: number, time, Microsoft's code and correlation id."""
    assert page.words(".ref").startswith("MD-")
    assert page.all("time[datetime]")
    assert f"AADSTS{aadsts}" in page.text
    assert len(page.all("dd.mono")) == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("aadsts", AT_REFRESH)
def test_a_refused_refresh_leads_to_a_page_once_and_never_round_in_circles(
    new_student: Reader, simulator: Simulator, aadsts: int, language: str
) -> None:
    ends = AT_REFRESH[aadsts]
    let_the_token_end(person("new.student"), 0)
    simulator.condition(aadsts, "refresh", address=ADDRESS)
    entra.forget_answers()
    page = new_student.open(f"/{language}/rules/")
    told(aadsts, "refresh", page, ends)
    assert page.h1 == getattr(ends, language)
    details(page, aadsts)
    assert [button.name for button in page.all("main .btn-main")] == ["button"]
    asked = [row["path"] for row in simulator.requests()["requests"] if row["service"] == "login"]
    new_student.open(f"/{language}/rules/")
    again = [row["path"] for row in simulator.requests()["requests"] if row["service"] == "login"]
    assert len(again) - len(asked) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("aadsts", AT_CODE)
def test_a_refused_code_ends_on_a_page_with_one_next_step(
    visitor: Reader, simulator: Simulator, aadsts: int, language: str
) -> None:
    simulator.condition(aadsts, "code")
    back = at_microsoft(leave_for_microsoft(visitor, f"/{language}/"), "new.student")
    page = visitor.open(back, status=AT_CODE[aadsts].status)
    told(aadsts, "code", page, AT_CODE[aadsts])
    assert page.h1 == getattr(AT_CODE[aadsts], language)
    details(page, aadsts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_declines_is_told_so(visitor: Reader, language: str) -> None:
    back = at_microsoft(leave_for_microsoft(visitor, f"/{language}/"), "no.consent", consent="decline")
    page = visitor.open(back, status=403)
    told(65004, "authorize", page, DECLINED)
    assert page.h1 == getattr(DECLINED, language)
    details(page, 65004)


@pytest.mark.parametrize("aadsts", AT_MICROSOFT)
def test_what_microsoft_says_on_its_own_page_never_comes_back_here(
    visitor: Reader, simulator: Simulator, aadsts: int
) -> None:
    simulator.condition(aadsts, "authorize")
    browser = requests.Session()
    browser.trust_env = False
    answer = browser.post(leave_for_microsoft(visitor), data={"address": ADDRESS}, allow_redirects=False, timeout=10)
    print(f"AADSTS{aadsts:<8} authorize  {answer.status_code} (a page of Microsoft's)")
    assert "Location" not in answer.headers
    assert f"AADSTS{aadsts}" in answer.text


def refuse_the_site(simulator: Simulator, aadsts: int) -> None:
    correlation = "0a1b2c3d-0000-4000-8000-000000000001"
    said = {"error": "invalid_client", "error_description": f"AADSTS{aadsts}: no.", "correlation_id": correlation}
    simulator.fault("POST /oauth2/v2.0/token", status=401, body=said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("aadsts", [7000215, 7000222, 700027, 700016])
def test_a_credential_that_microsoft_refuses_is_the_operators_business(
    visitor: Reader, simulator: Simulator, aadsts: int, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    back = at_microsoft(leave_for_microsoft(visitor, f"/{language}/"), "new.student")
    refuse_the_site(simulator, aadsts)
    page = visitor.open(back, status=503)
    told(aadsts, "code", page, MISCONFIGURED)
    assert page.h1 == getattr(MISCONFIGURED, language)
    details(page, aadsts)
    assert any(record.levelname == "ERROR" and f"AADSTS{aadsts}" in record.getMessage() for record in caplog.records)
    ready = Client().get("/readyz")
    assert ready.status_code == 503
    assert f"microsoft: failed: AADSTS{aadsts}" in ready.content.decode()
    simulator.heal()
    sign_in_as("full.mailbox")
    findings.forget()  # as five seconds would
    assert Client().get("/readyz").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_secret_that_has_expired_is_found_out_at_the_next_refresh_too(
    new_student: Reader, simulator: Simulator, language: str
) -> None:
    let_the_token_end(person("new.student"), 0)
    simulator.application(secret_expires_at="2026-01-01T00:00:00+00:00")
    entra.forget_answers()
    page = new_student.open(f"/{language}/rules/", status=503)
    told(7000222, "refresh", page, MISCONFIGURED)
    assert page.words(".ref").startswith("MD-")
    assert "AADSTS7000222" in Client().get("/readyz").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("aadsts", "error", "ends"),
    [
        (50105, "access_denied", NOT_ASSIGNED),
        (90094, "access_denied", NOT_APPROVED),
        (90072, "interaction_required", STRANGER),
    ],
)
def test_a_refusal_that_microsoft_sends_back_has_words_of_its_own(
    visitor: Reader, aadsts: int, error: str, ends: Ends, language: str
) -> None:
    authorize = leave_for_microsoft(visitor, f"/{language}/")
    state = requests.utils.urlparse(authorize).query.split("state=")[1].split("&")[0]
    answer = visitor.client.get(
        "/accounts/microsoft/login/callback/",
        {"state": state, "error": error, "error_description": f"AADSTS{aadsts}: no.", "error_codes": "x"},
    )
    page = visitor._arrive(answer, "/accounts/microsoft/login/callback/", 403)
    told(aadsts, "returned", page, ends)
    assert page.h1 == getattr(ends, language)
    assert Client().get("/readyz").status_code == 200  # whoever has no account may say what they like


def test_a_closed_account_is_signed_out_everywhere(new_student: Reader, simulator: Simulator) -> None:
    elsewhere = sign_in_as("new.student")
    let_the_token_end(person("new.student"), 0)
    simulator.disable(ADDRESS)
    entra.forget_answers()
    page = new_student.open("/en/rules/", status=403)
    assert page.h1 == "This account is closed"
    details(page, 50057)
    for reader in (new_student, elsewhere):
        assert reader.open("/en/history/").address.startswith("/en/accounts/sign-in/")
    assert not hasattr(person("new.student"), "token_cache")


def test_each_reason_has_words_of_its_own() -> None:
    """A reason without a row would be told as a fault of this site."""
    assert {*REASONS.values(), *REASONS_BY_NUMBER.values()} - set(WORDS) == set()


def test_a_sign_in_that_is_answered_leaves_no_old_problem_behind(new_student: Reader, simulator: Simulator) -> None:
    let_the_token_end(person("new.student"), 0)
    simulator.condition(50173, "refresh", address=ADDRESS)
    entra.forget_answers()
    page = new_student.open("/en/rules/")
    form = page.form("main form")
    authorize = str(new_student.client.post(str(form["action"]), filled(form, {}, None))["Location"])
    assert new_student.open(at_microsoft(authorize, "new.student")).address == "/en/rules/"
    assert "AADSTS" not in new_student.open("/en/accounts/sign-in/?purpose=again").text


def test_an_approval_that_a_signed_in_person_waits_for_is_the_operators_business(
    visitor: Reader, simulator: Simulator
) -> None:
    simulator.switch(consent_policy="user")
    page = visitor.open(at_microsoft(leave_for_microsoft(visitor, "/en/"), "no.consent", consent="accept"))
    form = page.form("main form")
    authorize = str(visitor.client.post(str(form["action"]), filled(form, {}, None))["Location"])
    state = parse_qs(urlsplit(authorize).query)["state"][0]
    said = {"state": state, "error": "access_denied", "error_description": "AADSTS90094: an administrator has to."}
    page = visitor._arrive(visitor.client.get("/accounts/microsoft/login/callback/", said), "/callback/", 403)
    assert page.h1 == NOT_APPROVED.en
    assert "microsoft: failed: AADSTS90094" in Client().get("/readyz").content.decode()
    sign_in_as("full.mailbox")
    findings.forget()
    assert Client().get("/readyz").status_code == 200


def test_the_way_back_opened_by_itself_leaves_no_line(visitor: Reader, caplog: pytest.LogCaptureFixture) -> None:
    page = visitor.open("/accounts/microsoft/login/callback/?state=x&error=invalid_client", status=400)
    assert page.h1
    assert not [record for record in caplog.records if record.name in ("audit", "accounts")]
