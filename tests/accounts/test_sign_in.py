"""Signing in through Microsoft: where it starts, what it asks for, where it ends."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from accounts.models import TokenCache, User
from tests.accounts.token_answer import OID, answer_with, claims_for, query_of
from tests.front_door import Reader, at_microsoft, filled, leave_for_microsoft

LOGIN = "/accounts/microsoft/login/"


def begin(reader: Reader, page: str = "/ja/accounts/sign-in/", *, query: str = "", **fields: str) -> str:
    """Press the button on the sign-in page; where the browser is sent."""
    form = reader.open(page).form(f"form[action='{LOGIN}']")
    response = reader.client.post(LOGIN + query, {**filled(form, {}, None), **fields})
    assert response.status_code == 302
    return str(response["Location"])


def arrive(reader: Reader, authorize: str, name: str = "full.mailbox") -> str:
    """Choose the account and come back; the first address that the site sends the browser to."""
    response = reader.client.get(at_microsoft(authorize, name))
    assert response.status_code == 302
    return str(response["Location"])


def test_a_person_is_known_by_tenant_and_object_id(full_mailbox):
    person = User.objects.get()

    assert (person.address, person.name) == ("full.mailbox@example.ac.jp", "佐藤 美咲")
    assert str(person.tid) == "5f0c7c5e-3a52-4a64-9a33-8a2f0f4a1c10"
    assert "full.mailbox@example.ac.jp" in full_mailbox.open("/ja/").html


def test_the_sign_in_ends_on_the_page_where_it_was_asked_for(visitor):
    authorize = begin(visitor, "/en/accounts/sign-in/?next=/en/guides/%3Fa%3D1")

    assert arrive(visitor, authorize) == "/en/guides/?a=1"


def test_a_page_for_members_leads_to_the_sign_in_page_and_back(visitor):
    page = visitor.open("/ja/quota/")
    assert page.address == "/ja/accounts/sign-in/?next=/ja/quota/"

    assert arrive(visitor, begin(visitor, page.address)) == "/ja/quota/"


def test_the_language_switch_of_the_sign_in_page_changes_the_page_behind_it_too(visitor):
    page = visitor.open("/en/accounts/sign-in/?next=/ja/quota/")

    assert page.form(f"form[action='{LOGIN}']").select_one("[name=next]")["value"] == "/en/quota/"


def test_the_sign_in_page_may_be_found_by_search_engines(visitor):
    page = visitor.open("/ja/accounts/sign-in/")

    assert not page.all("meta[name=robots]")
    assert page.all("meta[name=description]")


def test_the_sign_in_page_on_the_way_to_another_page_is_not_for_search_engines(visitor):
    assert visitor.open("/ja/quota/").all("meta[name=robots]")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "evil",
        "/" + "a" * 3000,
    ],
)
def test_a_next_page_that_is_not_ours_becomes_the_home_page(visitor, elsewhere):
    authorize = begin(visitor, next=elsewhere)

    assert arrive(visitor, authorize) == "/ja/"


def test_microsoft_is_asked_for_little_with_pkce_and_nonce(visitor):
    asked = query_of(leave_for_microsoft(visitor))

    assert set(asked["scope"].split()) == {"User.Read", "openid", "profile", "offline_access"}
    assert asked["redirect_uri"] == "http://localhost:8000/accounts/microsoft/login/callback/"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 32
    assert "prompt" not in asked


INJECTION = "?scope=Mail.ReadWrite,Files.ReadWrite.All&auth_params=redirect_uri%3Dhttp%3A%2F%2Fevil.example%2F&action=x"


def test_a_link_cannot_add_scopes_or_parameters(visitor):
    asked = query_of(
        begin(visitor, query=INJECTION, scope="Mail.Send", auth_params="redirect_uri=http://evil.example/")
    )

    assert "Mail.ReadWrite" not in asked["scope"]
    assert "Mail.Send" not in asked["scope"]
    assert asked["redirect_uri"] == "http://localhost:8000/accounts/microsoft/login/callback/"


def test_a_link_starts_no_sign_in(visitor):
    page = visitor.open(f"{LOGIN}{INJECTION}&next=/en/quota/")

    assert page.address == "/en/accounts/sign-in/?next=%2Fen%2Fquota%2F"
    assert page.h1 == "Sign in with your university account"


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_a_link_cannot_make_it_anything_else_than_a_sign_in(visitor, process):
    assert arrive(visitor, begin(visitor, query=f"?process={process}")) == "/ja/"
    assert visitor.open("/ja/").html.count("full.mailbox@example.ac.jp")


def test_another_site_cannot_start_a_sign_in(visitor):
    visitor.open("/ja/accounts/sign-in/")

    assert visitor.client.post(LOGIN, {"next": "/ja/"}).status_code == 403


def test_the_host_header_has_no_say_in_the_redirect_address(db):
    reader = Reader(Client(SERVER_NAME="127.0.0.1", SERVER_PORT="1234", enforce_csrf_checks=True))

    assert query_of(begin(reader))["redirect_uri"] == "http://localhost:8000/accounts/microsoft/login/callback/"


def test_another_account_can_be_chosen(visitor):
    assert query_of(begin(visitor, account="choose"))["prompt"] == "select_account"


def test_the_session_gets_a_new_key_at_sign_in(visitor):
    authorize = leave_for_microsoft(visitor)
    before = visitor.client.cookies["madoguchi_session"].value
    arrive(visitor, authorize)

    assert visitor.client.cookies["madoguchi_session"].value != before


def test_signing_in_twice_makes_one_person_and_leaves_no_old_session(signed_in, full_mailbox):
    old = full_mailbox.client.cookies["madoguchi_session"].value
    arrive(full_mailbox, begin(full_mailbox, "/ja/accounts/sign-in/?purpose=again"))
    new = full_mailbox.client.cookies["madoguchi_session"].value

    assert User.objects.count() == 1
    assert list(User.objects.get().sessions.values_list("session_key", flat=True)) == [new] != [old]
    assert full_mailbox.open("/ja/history/").address == "/ja/history/"


def test_somebody_signed_in_is_not_asked_again(full_mailbox):
    assert full_mailbox.open("/ja/accounts/sign-in/?next=/ja/history/").address == "/ja/history/"


def test_a_changed_address_stays_the_same_person(visitor, simulator):
    for address in ("maiden.name@example.ac.jp", "married.name@example.ac.jp"):
        authorize = begin(visitor, "/ja/accounts/sign-in/?purpose=again")
        answer_with(simulator, claims_for(authorize, preferred_username=address))
        arrive(visitor, authorize)

    assert User.objects.get().address == "married.name@example.ac.jp"


def test_an_address_that_went_to_somebody_else_is_another_person(visitor, simulator):
    for oid in (OID, OID.replace("1", "9")):
        authorize = begin(visitor, "/ja/accounts/sign-in/?purpose=again")
        answer_with(simulator, claims_for(authorize, oid=oid))
        arrive(visitor, authorize)

    assert User.objects.count() == 2


def test_no_token_code_or_address_reaches_the_log(visitor, caplog):
    caplog.set_level("DEBUG")
    authorize = leave_for_microsoft(visitor)
    back = at_microsoft(authorize, "full.mailbox")
    visitor.client.get(back)
    visitor.client.get(back)
    visitor.client.get("/ja/rules/")

    for secret in (query_of(back)["code"], query_of(back)["state"], "full.mailbox", "eyJ"):
        assert secret not in caplog.text


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "email/", "social/connections/", "logout/"])
def test_none_of_allauths_own_pages_exists(visitor, path):
    assert visitor.client.get(f"/accounts/{path}", follow=True).status_code == 404
    assert visitor.client.get(f"/ja/accounts/{path}").status_code == 404


def test_an_answer_that_cannot_be_read_is_not_logged(visitor, simulator, caplog):
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    simulator.fault("POST /oauth2/v2.0/token", status=200, body='{"access_token": "half-an-answer')
    visitor.open(back, status=503)

    assert "half-an-answer" not in caplog.text


@pytest.mark.parametrize("kept", ['{"id_token": null}', '{"id_token": [1], "access_token": {"x": null}}', "{}"])
def test_odd_claims_that_microsoft_wanted_are_sent_along_with_the_wish_for_the_time(full_mailbox, kept):
    TokenCache.objects.update(claims=kept)
    asked = json.loads(query_of(begin(full_mailbox, "/ja/accounts/sign-in/?purpose=again"))["claims"])
    assert asked["id_token"]["auth_time"] == {"essential": True}
    assert asked.get("access_token", {}).keys() >= json.loads(kept).get("access_token", {}).keys()
