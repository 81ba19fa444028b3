"""Signing out, here and at Microsoft."""

from __future__ import annotations

import requests

from accounts.models import Session, TokenCache, User
from tests.accounts.token_answer import query_of
from tests.front_door import Reader, at_microsoft, filled, leave_for_microsoft, sign_in_as

SIGN_OUT = "/ja/accounts/sign-out/"


def sign_out(reader: Reader, page: str = "/ja/") -> str:
    """Press the button; where the browser is sent."""
    form = reader.open(page).form("form[action$='/accounts/sign-out/']")
    response = reader.client.post(str(form["action"]), filled(form, {}, None))
    assert response.status_code == 302
    return str(response["Location"])


def is_signed_in(reader: Reader) -> bool:
    return reader.open("/ja/history/").address == "/ja/history/"


def test_signing_out_ends_the_session_and_deletes_the_tokens(full_mailbox):
    sign_out(full_mailbox)

    assert not is_signed_in(full_mailbox)
    assert not Session.objects.filter(user__isnull=False).exists()
    assert not TokenCache.objects.exists()
    assert User.objects.exists()


def test_signing_out_leads_over_microsoft_back_to_the_home_page(full_mailbox, simulator):
    there = sign_out(full_mailbox, "/en/")

    assert there.startswith(f"{simulator.address}/login/5f0c7c5e-3a52-4a64-9a33-8a2f0f4a1c10/oauth2/v2.0/logout?")
    assert query_of(there)["post_logout_redirect_uri"] == "http://localhost:8000/en/"
    assert "@" not in query_of(there)["logout_hint"]
    answer = requests.get(there, allow_redirects=False, timeout=10)
    assert answer.headers["Location"] == "http://localhost:8000/en/"


def test_the_home_page_says_once_that_one_has_signed_out(full_mailbox):
    assert "You are signed out." not in full_mailbox.open("/en/").text
    sign_out(full_mailbox)

    assert "You are signed out." in full_mailbox.open("/en/").words(".note-ok")
    assert "You are signed out." not in full_mailbox.open("/en/").text


def test_a_link_signs_nobody_out(full_mailbox):
    assert full_mailbox.open(SIGN_OUT).address == "/ja/"

    assert is_signed_in(full_mailbox)


def test_another_site_cannot_sign_a_person_out(full_mailbox):
    assert full_mailbox.client.post(SIGN_OUT).status_code == 403

    assert is_signed_in(full_mailbox)


def test_signing_out_twice_ends_on_the_home_page(full_mailbox):
    form = full_mailbox.open("/ja/").form("form[action$='/accounts/sign-out/']")
    full_mailbox.client.post(SIGN_OUT, filled(form, {}, None))

    response = full_mailbox.client.post(SIGN_OUT, filled(form, {}, None))
    assert response["Location"] == "/ja/"


def test_a_person_with_another_session_keeps_the_tokens_until_the_last_one_ends(full_mailbox):
    elsewhere = sign_in_as("full.mailbox")
    sign_out(full_mailbox)

    assert is_signed_in(elsewhere)
    assert TokenCache.objects.exists()
    sign_out(elsewhere)
    assert not TokenCache.objects.exists()


def test_somebody_else_s_sign_in_in_the_same_browser_ends_the_first_person_s_session(full_mailbox):
    first = User.objects.get()
    form = full_mailbox.open("/ja/accounts/sign-in/?purpose=again").form("form[action='/accounts/microsoft/login/']")
    fields = {**filled(form, {}, None), "account": "choose"}
    authorize = str(full_mailbox.client.post(str(form["action"]), fields)["Location"])
    full_mailbox.client.get(at_microsoft(authorize, "new.student"))

    assert not TokenCache.objects.filter(user=first).exists()
    assert TokenCache.objects.get().user.address == "new.student@example.ac.jp"
    assert list(Session.objects.filter(user__isnull=False).values_list("user__address", flat=True)) == [
        "new.student@example.ac.jp"
    ]


def test_a_page_used_after_sign_out_leads_to_the_sign_in_page(full_mailbox):
    full_mailbox.open("/ja/history/")
    sign_out(full_mailbox)

    assert full_mailbox.open("/ja/history/").address == "/ja/accounts/sign-in/?next=/ja/history/"


def test_a_sign_in_that_was_begun_is_not_carried_over_a_sign_out(full_mailbox):
    back = at_microsoft(leave_for_microsoft_again(full_mailbox), "full.mailbox")
    sign_out(full_mailbox)

    full_mailbox.open(back, status=400)


def leave_for_microsoft_again(reader: Reader) -> str:
    form = reader.open("/ja/accounts/sign-in/?purpose=again").form("form[action='/accounts/microsoft/login/']")
    return str(reader.client.post(str(form["action"]), filled(form, {}, None))["Location"])


def test_the_sign_in_button_is_there_again(full_mailbox):
    sign_out(full_mailbox)

    assert leave_for_microsoft(full_mailbox)
