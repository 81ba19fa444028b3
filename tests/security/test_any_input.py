"""Whatever a stranger writes into an address, a header or a cookie: a plain page, and nobody is sent away."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.sign_in_words import WORDS
from tests.front_door import Reader, leave_for_microsoft
from tests.security.strangers import MARK, TRICKS, addresses, brief, harmless, header, stays_here, text, thorough
from tests.simulated import SITE_URL

CALLBACK = "/accounts/microsoft/login/callback/"
LOGIN = "/accounts/microsoft/login/"
SIGN_IN = "/en/accounts/sign-in/"


def test_the_judge_of_addresses_knows_the_tricks() -> None:
    for trick in TRICKS:
        assert not stays_here(trick), trick
    for path in ("/ja/", "/ja/?next=//evil.example", "/%2f/evil.example", f"{SITE_URL}/en/", "/en/#//evil.example"):
        assert stays_here(path), path


@thorough
@given(there=addresses)
def test_next_never_leaves_the_site(visitor: Reader, there: str) -> None:
    response = visitor.client.get(SIGN_IN, {"next": there})
    harmless(response, shown=True)
    soup = BeautifulSoup(response.content, "html5lib")
    backs = [str(field["value"]) for field in soup.select("input[name=next]")]
    assert backs
    assert all(stays_here(back) for back in backs)
    links = [str(tag["href"]) for tag in soup.select("[href], [action], [src]") if MARK in str(tag.attrs)]
    assert all(stays_here(link) for link in links)
    harmless(visitor.client.get(LOGIN, {"next": there}))


@thorough
@given(there=addresses)
def test_next_never_leaves_the_site_of_who_is_signed_in(new_student: Reader, there: str) -> None:
    response = new_student.client.get(SIGN_IN, {"next": there})
    assert response.status_code == 302
    harmless(response)


@brief
@given(
    there=text, way=st.dictionaries(st.sampled_from(["account", "purpose", "process", "scope", "auth_params"]), text)
)
def test_next_goes_with_the_sign_in_and_never_to_microsoft(visitor: Reader, there: str, way: dict[str, str]) -> None:
    visitor.client.handler.enforce_csrf_checks = False
    response = visitor.client.post(LOGIN, {"next": there, **way})
    assert response.status_code == 302
    assert response["Location"].startswith(f"{os.environ['SIMULATOR']}/login/")
    asked = parse_qs(urlsplit(response["Location"]).query)
    assert MARK not in response["Location"]
    assert asked["redirect_uri"] == [SITE_URL + CALLBACK]
    kept = visitor.client.session["socialaccount_states"][asked["state"][0]][0]
    assert stays_here(kept["next"])


answers = st.dictionaries(
    st.sampled_from(["state", "code", "error", "error_description", "session_state", "client_info", "iss", "id_token"]),
    text | st.lists(text, min_size=2, max_size=2),
)
errors = st.sampled_from(
    ["access_denied", "server_error", "invalid_client", "consent_required", "interaction_required"]
)


def is_a_problem_page(reader: Reader, response: Any) -> None:
    assert response.status_code == 302
    harmless(response)
    language, _, _, reason = response["Location"].strip("/").split("/")
    assert response["Location"] == f"/{language}/accounts/problem/{reason}/"
    page = reader.client.get(response["Location"])
    assert page.status_code == WORDS[reason].status
    assert MARK not in page.content.decode()


@thorough
@given(answer=answers)
def test_a_callback_that_nobody_began(visitor: Reader, answer: dict[str, Any]) -> None:
    is_a_problem_page(visitor, visitor.client.get(CALLBACK, answer))


@brief
@given(answer=answers, error=errors | st.none())
def test_a_callback_with_our_state_and_anything_else(
    visitor: Reader, answer: dict[str, Any], error: str | None
) -> None:
    state = parse_qs(urlsplit(leave_for_microsoft(visitor, "/en/")).query)["state"][0]
    wrong = {"error": error} if error else {}
    is_a_problem_page(visitor, visitor.client.get(CALLBACK, {**answer, **wrong, "state": state}))


@thorough
@given(query=st.dictionaries(st.sampled_from(["sid", "iss", "state"]), text))
@example(query={"sid": f"{MARK}\0"})
def test_a_sign_out_from_elsewhere(visitor: Reader, query: dict[str, str]) -> None:
    response = visitor.client.get("/accounts/microsoft/signed-out/", query)
    harmless(response)
    assert response.content == b""


PLACES = ("/", "/ja/", SIGN_IN, "/en/rules/", "/g/thunderbird/", "/en/guides/servers/", "/ja/nowhere/", "/healthz")
OWN_PLACES = ("/en/history/", "/ja/accounts/sessions/", SIGN_IN, "/en/rules/QUJD/switch/")
cookies = st.dictionaries(
    st.sampled_from(
        ["madoguchi_session", "madoguchi_csrf", "madoguchi_language", "messages", "sessionid", "__Host-session"]
    ),
    header | header.map(lambda value: '"' + value.replace('"', "") + '"'),
)


@thorough
@given(jar=cookies, place=st.sampled_from(PLACES))
@example(jar={"madoguchi_session": '"\\000zq7Xwzq7Xwzq7Xw"'}, place="/ja/")
def test_any_cookies(visitor: Reader, jar: dict[str, str], place: str) -> None:
    raw = "; ".join(f"{name}={value}" for name, value in jar.items())
    harmless(visitor.client.get(place, HTTP_COOKIE=raw))


@brief
@given(value=header)
def test_any_csrf_cookie_with_a_form(visitor: Reader, value: str) -> None:
    response = visitor.client.post(LOGIN, {"csrfmiddlewaretoken": value}, HTTP_COOKIE=f"madoguchi_csrf={value}")
    assert response.status_code == 403
    harmless(response)


HEADERS = (
    *("Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Port", "Forwarded", "Origin"),
    *("X-Original-URL", "X-HTTP-Method-Override", "Referer", "User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
    *("HX-Request", "HX-Request-Type", "HX-Current-URL", "HX-Target", "HX-Boosted", "HX-History-Restore-Request"),
    *("Accept-Language", "If-None-Match", "If-Modified-Since", "Range", "X-Requested-With", "Authorization"),
)
# Django logs a Host that it refuses, and random text from 32 characters on is taken for a key there.
headers = st.dictionaries(
    st.sampled_from(HEADERS),
    header.map(lambda value: value[:31]) | st.sampled_from(["true", "partial", "https", "localhost:8000"]),
)


@thorough
@given(query=st.binary(max_size=40), place=st.sampled_from([*PLACES, LOGIN, CALLBACK]))
def test_any_bytes_behind_the_question_mark(visitor: Reader, query: bytes, place: str) -> None:
    harmless(
        visitor.client.get(place, QUERY_STRING=f"next={quote(query)}&{quote(query)}&{quote(query)}={MARK}"), shown=True
    )


@thorough
@given(sent=headers, place=st.sampled_from(PLACES))
def test_any_headers_of_a_visitor(visitor: Reader, sent: dict[str, str], place: str) -> None:
    harmless(visitor.client.get(place, headers=sent))


@thorough
@given(
    sent=headers, place=st.sampled_from(["/en/history/", "/ja/accounts/sessions/", SIGN_IN, "/en/rules/QUJD/switch/"])
)
def test_any_headers_of_a_member(new_student: Reader, sent: dict[str, str], place: str) -> None:
    harmless(new_student.client.get(place, headers=sent))


@thorough
@given(
    sent=headers,
    seen=header | st.sampled_from([f"{SITE_URL}/en/rules/", f"{SITE_URL}//evil.example/", "//evil.example"]),
)
@example(sent={"HX-Request": "true"}, seen=f"{SITE_URL}//evil.example/")
@example(sent={}, seen=f"{SITE_URL}/\\evil.example/")
def test_a_form_of_a_session_that_ended(visitor: Reader, sent: dict[str, str], seen: str) -> None:
    visitor.client.handler.enforce_csrf_checks = False
    for name in ("HX-Current-URL", "Referer"):
        harmless(
            visitor.client.post("/en/forwarding/start/", {}, headers={**sent, name: seen, "Content-Type": "text/plain"})
        )


@brief
@given(value=header)
@pytest.mark.parametrize("proxies", [0, 1, 3])
def test_any_address_that_proxies_forward(visitor: Reader, settings: Any, value: str, proxies: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    visitor.client.handler.enforce_csrf_checks = False
    theirs = ", ".join([value, *(f"192.0.2.{number}" for number in range(proxies))])
    response = visitor.client.post(LOGIN, headers={"X-Forwarded-For": theirs})
    assert response.status_code in (302, 400, 403)
    assert MARK not in response.content.decode()
