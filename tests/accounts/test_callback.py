"""Coming back from Microsoft with anything but a good answer: a plain page, and nobody is signed in."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Session, User
from accounts.sessions import SessionStore
from tests.accounts.token_answer import SCOPE, TOKEN, answer_with, claims_for, query_of
from tests.front_door import Page, Reader, at_microsoft, leave_for_microsoft

OTHER_TENANT_ID = "a1d2c3b4-0e5f-4a6b-8c7d-9e0f1a2b3c4d"
CALLBACK = "/accounts/microsoft/login/callback/"


def nobody_is_signed_in(reader: Reader) -> bool:
    return reader.open("/ja/history/").address.startswith("/ja/accounts/sign-in/")


def refused(reader: Reader, back: str, reason: str, status: int, language: str = "ja") -> Page:
    """Open the address that Microsoft sent the browser to; the problem page of that reason."""
    page = reader.open(back, status=status)
    assert page.address == f"/{language}/accounts/problem/{reason}/"
    assert page.words(".ref").startswith("MD-")
    return page


def another_browser() -> Reader:
    return Reader(Client(SERVER_NAME="localhost", SERVER_PORT="8000", enforce_csrf_checks=True))


def test_a_replayed_callback_is_refused_and_the_person_stays_signed_in(visitor):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    visitor.open(back)

    refused(visitor, back, "expired", 400)
    assert visitor.open("/ja/history/").address == "/ja/history/"


def test_a_callback_in_another_browser_signs_nobody_in(visitor):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    stranger = another_browser()

    refused(stranger, back, "expired", 400)
    assert nobody_is_signed_in(stranger)
    assert visitor.open(back).address == "/ja/"


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=unknown", "?error=access_denied&state=unknown", "?state="]
)
def test_a_callback_that_nobody_asked_for_is_refused(visitor, query):
    refused(visitor, CALLBACK + query, "expired", 400)


def test_a_wrong_state_uses_up_nothing(visitor):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")

    refused(visitor, back.replace(query_of(back)["state"], "x" * 16), "expired", 400)
    assert visitor.open(back).address == "/ja/"


def test_the_answer_must_come_within_ten_minutes(visitor):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    session = SessionStore(visitor.client.cookies["madoguchi_session"].value)
    state, begun, provider = session["socialaccount_states"][query_of(back)["state"]]
    session["socialaccount_states"] = {query_of(back)["state"]: (state, begun - 601, provider)}
    session.save()

    refused(visitor, back, "expired", 400)


def test_a_code_that_was_used_elsewhere_is_refused(visitor, simulator):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    simulator.fault(
        TOKEN,
        status=400,
        body={"error": "invalid_grant", "error_description": "AADSTS54005: OAuth2 Authorization code was redeemed."},
    )

    page = refused(visitor, back, "expired", 400)
    assert "AADSTS54005" in page.text


def test_a_callback_without_a_code_is_refused(visitor):
    state = query_of(leave_for_microsoft(visitor))["state"]

    refused(visitor, f"{CALLBACK}?state={state}", "refused", 403)
    assert nobody_is_signed_in(visitor)


def test_declined_consent_ends_on_a_page_that_explains(visitor):
    back = at_microsoft(leave_for_microsoft(visitor), "no.consent", consent="decline")

    page = refused(visitor, back, "declined", 403)
    assert "AADSTS65004" in page.text
    assert len(page.words("dl.summary div:nth-of-type(2) dd")) == 36
    assert nobody_is_signed_in(visitor)


def test_after_declining_a_person_can_consent_and_arrives_where_they_were_going(visitor):
    page = visitor.open("/ja/history/")
    form = page.form("form[action='/accounts/microsoft/login/']")
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    authorize = str(visitor.client.post(str(form["action"]), fields)["Location"])
    page = refused(visitor, at_microsoft(authorize, "no.consent", consent="decline"), "declined", 403)

    form = page.form("main form")
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    authorize = str(visitor.client.post(str(form["action"]), fields)["Location"])
    assert visitor.open(at_microsoft(authorize, "no.consent", consent="accept")).address == "/ja/history/"


def test_a_permission_that_is_missing_from_the_answer_counts_as_declined(visitor, simulator):
    authorize = leave_for_microsoft(visitor)
    answer_with(simulator, claims_for(authorize), scope=SCOPE.partition(" ")[2])

    refused(visitor, at_microsoft(authorize, "full.mailbox"), "declined", 403)
    assert nobody_is_signed_in(visitor)


def test_an_account_of_another_tenant_is_turned_away_by_name(visitor, simulator):
    authorize = leave_for_microsoft(visitor)
    other = OTHER_TENANT_ID
    answer_with(simulator, claims_for(authorize, tid=other, iss=f"https://login.microsoftonline.com/{other}/v2.0"))

    page = refused(visitor, at_microsoft(authorize, "full.mailbox"), "other-tenant", 403)
    assert "@example.ac.jp" in page.text
    assert page.form("main form").select_one("[name=account]")["value"] == "choose"
    assert nobody_is_signed_in(visitor)
    assert not User.objects.exists()


LONG_AGO = int(time.time()) - 4000


@pytest.mark.parametrize(
    "forged",
    [
        {"iss": "https://login.microsoftonline.com/common/v2.0"},
        {"iss": f"https://evil.example/{settings.TENANT_ID}/v2.0"},
        {"aud": "00000000-0000-0000-0000-000000000000"},
        {"tid": None},
        {"exp": LONG_AGO},
        {"exp": None},
        {"nbf": int(time.time()) + 4000},
        {"nbf": "soon"},
        {"nonce": "another"},
        {"nonce": None},
        {"oid": None},
        {"oid": "not-a-uuid"},
        {"oid": 7},
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(visitor, simulator, forged):
    authorize = leave_for_microsoft(visitor)
    answer_with(simulator, claims_for(authorize, **forged))

    refused(visitor, at_microsoft(authorize, "full.mailbox"), "refused", 403)
    assert nobody_is_signed_in(visitor)
    assert not User.objects.exists()


def test_tokens_without_an_id_token_are_refused(visitor, simulator):
    authorize = leave_for_microsoft(visitor)
    answer_with(simulator, None)

    refused(visitor, at_microsoft(authorize, "full.mailbox"), "refused", 403)


def test_two_minutes_between_the_clocks_are_allowed(visitor, simulator):
    authorize = leave_for_microsoft(visitor)
    answer_with(simulator, claims_for(authorize, nbf=int(time.time()) + 100))

    assert visitor.client.get(at_microsoft(authorize, "full.mailbox"))["Location"] == "/ja/"


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "body": "<h1>Internal error</h1>"},
        {"status": 503, "headers": {"Retry-After": "120"}, "body": "busy"},
        {"status": 429, "body": {"error": "temporarily_unavailable", "error_description": "AADSTS90033: busy"}},
        {"status": 200, "body": "not JSON at all"},
        {"status": 200, "body": ["not", "an", "object"]},
        {"drop": True},
    ],
)
def test_when_microsoft_fails_the_page_says_so(visitor, simulator, fault):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    simulator.fault(TOKEN, **fault)

    refused(visitor, back, "unavailable", 503)
    assert nobody_is_signed_in(visitor)


def test_when_microsoft_is_too_slow_the_page_says_so(visitor, simulator, settings):
    settings.OUTBOUND_TIMEOUTS = (3.0, 0.5)
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    simulator.fault(TOKEN, delay_ms=2_000, times=1)
    begun = time.monotonic()

    refused(visitor, back, "unavailable", 503)
    assert time.monotonic() - begun < 1.9


def test_when_microsoft_fails_before_the_sign_in_the_page_says_so(visitor, simulator):
    simulator.fault("GET */openid-configuration", status=500)
    form = visitor.open("/en/accounts/sign-in/").form("form[action='/accounts/microsoft/login/']")
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}

    response = visitor.client.post("/accounts/microsoft/login/", fields)
    assert response["Location"] == "/en/accounts/problem/unavailable/"


def test_a_wrong_client_secret_is_a_matter_for_the_operators(visitor, simulator, caplog):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    description = "AADSTS7000215: Invalid client secret provided. Correlation ID: 8a2f0f4a-1c10-4a52-8a64-5f0c7c5e3a52"
    simulator.fault(TOKEN, status=401, body={"error": "invalid_client", "error_description": description})

    page = refused(visitor, back, "misconfigured", 503)
    assert "8a2f0f4a-1c10-4a52-8a64-5f0c7c5e3a52" in page.text
    logged = next(record for record in caplog.records if record.levelname == "ERROR" and record.name == "accounts")
    assert "AADSTS7000215" in logged.getMessage()
    assert page.words(".ref") in logged.getMessage()


@pytest.mark.parametrize(
    ("error", "reason", "status"),
    [
        ("server_error", "unavailable", 503),
        ("temporarily_unavailable", "unavailable", 503),
        ("interaction_required", "refused", 403),
        ("<script>alert(1)</script>", "refused", 403),
    ],
)
def test_every_error_that_microsoft_sends_back_has_a_page(visitor, error, reason, status):
    state = query_of(leave_for_microsoft(visitor))["state"]

    response = visitor.client.get(CALLBACK, {"state": state, "error": error, "error_description": "<b>no</b>"})
    page = refused(visitor, str(response["Location"]), reason, status)
    assert "<script>alert" not in page.html
    assert "<b>no" not in page.html


def test_the_page_is_in_the_language_in_which_the_sign_in_began(visitor):
    authorize = leave_for_microsoft(visitor, "/en/")
    visitor.client.cookies.pop("madoguchi_language")

    page = refused(visitor, at_microsoft(authorize, "no.consent", consent="decline"), "declined", 403, "en")
    assert page.h1 == "You are not signed in: the permission was not given"


def test_a_problem_page_can_be_read_in_the_other_language_with_the_same_number(visitor):
    back = at_microsoft(leave_for_microsoft(visitor), "no.consent", consent="decline")
    page = refused(visitor, back, "declined", 403)

    other = visitor.open("/en/accounts/problem/declined/", status=403)
    assert other.words(".ref") == page.words(".ref")


def test_an_unknown_problem_is_no_page(visitor):
    visitor.open("/ja/accounts/problem/nothing/", status=404)


def test_a_stranger_s_callback_makes_no_session(visitor):
    visitor.client.get(f"{CALLBACK}?code=x&state=y")

    assert not Session.objects.exists()
