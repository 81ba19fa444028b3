"""A session that ended while a page was open."""

from __future__ import annotations

import pytest

from accounts.models import Session, TokenCache
from tests.front_door import Reader

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost:8000/ja/quota/?folder=a%26b"}


@pytest.fixture
def ended(full_mailbox: Reader) -> Reader:
    """Signed in a while ago; the page is still open."""
    Session.objects.all().delete()
    return full_mailbox


def test_a_page_leads_to_the_sign_in_page_and_back(ended):
    assert ended.open("/en/history/?page=2").address == "/en/accounts/sign-in/?next=/en/history/%3Fpage%3D2"


def test_an_htmx_request_is_told_to_go_to_the_sign_in_page(ended):
    response = ended.client.get("/ja/history/", headers=HTMX)

    assert response.status_code == 204
    assert response["HX-Redirect"] == "/ja/accounts/sign-in/?next=%2Fja%2Fquota%2F%3Ffolder%3Da%2526b"
    assert "HX-Request" in response["Vary"]
    assert "no-store" in response["Cache-Control"]
    assert not response.content


def test_the_page_that_htmx_is_led_to_leads_back(ended):
    there = ended.client.get("/ja/history/", headers=HTMX)["HX-Redirect"]

    field = ended.open(there).form("main form").select_one("[name=next]")
    assert field["value"] == "/ja/quota/?folder=a%26b"


@pytest.mark.parametrize(
    "seen", ["", "https://evil.example/ja/quota/", "http://localhost:8000//evil.example/", "x", "http://["]
)
def test_an_htmx_request_from_an_unknown_page_leads_home(ended, seen):
    response = ended.client.get("/ja/history/", headers={**HTMX, "HX-Current-URL": seen})

    assert response["HX-Redirect"] == "/ja/accounts/sign-in/"


def test_a_form_leads_back_to_the_page_with_the_form_not_to_its_own_address(ended):
    token = ended.client.cookies["madoguchi_csrf"].value
    response = ended.client.post(
        "/ja/forwarding/stop/", {"csrfmiddlewaretoken": token}, headers={"Referer": "http://localhost:8000/ja/rules/"}
    )

    assert response.status_code == 302
    assert response["Location"] == "/ja/accounts/sign-in/?next=%2Fja%2Frules%2F"


def test_a_form_from_nowhere_leads_home(ended):
    token = ended.client.cookies["madoguchi_csrf"].value
    response = ended.client.post("/ja/forwarding/stop/", {"csrfmiddlewaretoken": token})

    assert response["Location"] == "/ja/accounts/sign-in/"


def test_an_htmx_request_of_somebody_signed_in_is_left_alone(full_mailbox):
    response = full_mailbox.client.get("/ja/history/", headers=HTMX)

    assert "HX-Redirect" not in response


@pytest.fixture
def without_tokens(rule_collector: Reader) -> Reader:
    """Signed in, but Microsoft wants to see the person again."""
    TokenCache.objects.all().delete()
    return rule_collector


def test_a_page_leads_to_signing_in_again_and_back_to_itself(without_tokens):
    response = without_tokens.client.get("/en/quota/?a=b", headers={"Referer": "http://localhost:8000/en/rules/"})

    assert response["Location"] == "/en/accounts/sign-in/?next=%2Fen%2Fquota%2F%3Fa%3Db&purpose=again"


def test_a_form_that_only_takes_posts_leads_back_to_the_page_it_stood_on(rule_collector):
    page = rule_collector.open("/ja/rules/")
    action = page.form("form[action$='/switch/']")["action"]
    TokenCache.objects.all().delete()
    token = rule_collector.client.cookies["madoguchi_csrf"].value
    response = rule_collector.client.post(
        action, {"csrfmiddlewaretoken": token}, headers={"Referer": "http://localhost:8000/ja/rules/"}
    )

    assert response["Location"] == "/ja/accounts/sign-in/?next=%2Fja%2Frules%2F&purpose=again"


def test_a_part_leads_back_to_the_page_it_belongs_to(without_tokens):
    response = without_tokens.client.get(
        "/ja/quota/card/", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost:8000/ja/"}
    )

    assert response["HX-Redirect"] == "/ja/accounts/sign-in/?next=%2Fja%2F&purpose=again"
