"""The pages for people: sound, in both languages, and plainly a simulation."""

from collections.abc import Callable

import html5lib
import pytest
import requests
from bs4 import BeautifulSoup

from m365_simulator.aadsts import TABLE
from m365_simulator.directory.person import TENANT_ID
from tests.administrator import Administrator
from tests.application import Application
from tests.simulator_control import Simulator

ANYBODY = "full.mailbox@example.ac.jp"
Visit = Callable[[Application], requests.Response]
PAGES: dict[str, Visit] = {
    "picker": lambda app: app.look(app.authorize_url()),
    "nothing picked": lambda app: app.browser.post(app.authorize_url(), data={}, timeout=10),
    "consent": lambda app: app.pick("no.consent"),
    "refusal": lambda app: app.pick("other.tenant@other.example"),
    "wrong app": lambda app: app.look(app.authorize_url(client_id="x")),
    "wrong address": lambda app: app.look(app.authorize_url(redirect_uri="http://evil.example/<b>")),
    "form post": lambda app: app.pick("full.mailbox", response_mode="form_post"),
    "signed out": lambda app: app.look(f"{app.login}/{TENANT_ID}/oauth2/v2.0/logout"),
}


def check(answer: requests.Response, language: str) -> None:
    html5lib.HTMLParser(strict=True).parse(answer.text)
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.html
    assert page.html["lang"] == language
    assert len(page.select("h1")) == 1
    assert page.title
    assert page.title.get_text().startswith(page.select("h1")[0].get_text())
    simulated = {"ja": "シミュレーション", "en": "simulation"}[language]
    assert simulated in page.select(".simulated")[0].get_text()
    assert not page.select("[style], style, script:not([src])")
    assert all(button.get_text(strip=True) for button in page.select("button"))
    assert all(form.get("action") for form in page.select("form"))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store, no-cache"
    assert "<b>" not in answer.text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound_in_both_languages(application: Application, name: str, language: str) -> None:
    application.browser.headers["Accept-Language"] = language
    check(PAGES[name](application), language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_about_an_administrators_approval_is_sound(
    application: Application, simulator: Simulator, language: str
) -> None:
    simulator.switch(consent_policy="admin")
    application.browser.headers["Accept-Language"] = language
    check(application.pick("no.consent"), language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_of_an_approval_workflow_are_sound(
    application: Application, simulator: Simulator, language: str
) -> None:
    simulator.switch(consent_policy="admin_workflow")
    application.browser.headers["Accept-Language"] = language
    check(application.pick("no.consent"), language)
    check(application.pick("no.consent", consent="request"), language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_about_a_second_factor_is_sound(
    application: Application, administrator: Administrator, language: str
) -> None:
    administrator.condition(50076, "authorize")
    application.browser.headers["Accept-Language"] = language
    check(application.pick("full.mailbox"), language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_of_signing_out_are_sound(
    application: Application, administrator: Administrator, language: str
) -> None:
    administrator.register(logout_url="http://localhost:8000/out/?<b>=1")
    application.browser.headers["Accept-Language"] = language
    for person in ("full.mailbox", "forwarder"):
        application.code_of(person)
    away = f"{application.login}/{TENANT_ID}/oauth2/v2.0/logout?post_logout_redirect_uri=http://localhost:8000/ja/"
    check(application.look(away), language)
    picked = application.browser.post(away, data={"address": "forwarder@example.ac.jp"}, timeout=10)
    check(picked, language)
    frame = BeautifulSoup(picked.text, "html5lib").select_one("iframe")
    assert frame
    assert frame["title"]


# One number for each kind of page; an ended session shows none, it is signed in anew.
PAGE_OF = {
    known.page: code
    for code, known in TABLE.items()
    if not known.returned_as and known.ends_with not in ("proof", "sign-in")
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_of_refusal_has_words_of_its_own(
    application: Application, administrator: Administrator, language: str
) -> None:
    application.browser.headers["Accept-Language"] = language
    said = set()
    for kind, code in PAGE_OF.items():
        administrator.done("PUT", "conditions", {"clear": True, "aadsts": code, "at": "authorize", "address": ANYBODY})
        page = application.pick("full.mailbox")
        assert page.status_code == 400, kind
        check(page, language)
        assert f"AADSTS{code}: " in page.text
        said.add(BeautifulSoup(page.text, "html5lib").select("h1 + p")[0].get_text())
    assert len(said) == len(PAGE_OF)


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("ja", "en", "ja"),
        ("en-GB ja", "ja", "en"),
        (None, "ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        (None, "de,ja;q=0.5", "en"),
        (None, "", "ja"),
        (None, ";;;", "ja"),
    ],
)
def test_the_language_is_the_one_asked_for(
    application: Application, asked: str | None, accepted: str, language: str
) -> None:
    page = application.look(application.authorize_url(ui_locales=asked), **{"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page.text


def test_the_picker_says_what_each_person_is_good_for(application: Application, simulator: Simulator) -> None:
    for language in ("ja", "en"):
        page = application.look(application.authorize_url(ui_locales=language)).text
        for person in simulator.people():
            assert person["address"] in page
            assert person["name"] in page
            assert person["good_for"][language] in page


def test_the_style_sheet_and_the_script_are_there(application: Application) -> None:
    assert application.look(f"{application.origin}/static/entra.css").headers["Content-Type"] == "text/css"
    assert application.look(f"{application.origin}/static/back.js").status_code == 200
