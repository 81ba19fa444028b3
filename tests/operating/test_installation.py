"""A university that follows docs/installing.md has a site that works, in its own name, with nothing of the demo."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.front_door import at_microsoft, filled
from tests.operating.browser import Browser
from tests.operating.installation import HELPDESK, SITE, Installation, installed, run
from tests.operating.microsoft import LOGIN, PREFIXES, behind_a_proxy
from tests.simulator_control import Simulator

CALLBACK = f"{SITE}/accounts/microsoft/login/callback/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    with behind_a_proxy(os.environ["SIMULATOR"], folder) as microsoft, installed(folder, microsoft) as running:
        yield running


@pytest.fixture
def browser(site: Installation) -> Browser:
    return Browser(site)


def test_it_is_well(browser: Browser) -> None:
    assert browser.get("/healthz").text == "ok\n"
    assert browser.get("/readyz").text.splitlines() == ["database: ok", "cache: ok", "keys: ok", "microsoft: ok"]


def test_a_guide_is_a_file_made_for_this_site(browser: Browser) -> None:
    guide = browser.get("/ja/guides/thunderbird/", **{"Accept-Encoding": "br"})
    assert guide.headers["Content-Encoding"] == "br"
    assert guide.headers["Cache-Control"] == "max-age=300, public"
    page = BeautifulSoup(guide.text, "html5lib")
    assert page.select_one("link[rel=canonical]")["href"] == f"{SITE}/ja/guides/thunderbird/"
    assert HELPDESK in guide.text
    assert "http://localhost" not in guide.text
    assert "ホーム" in page.select_one("nav").get_text()


def test_no_page_says_that_it_is_a_demo(browser: Browser) -> None:
    for path in ("/ja/", "/ja/guides/", "/ja/accounts/sign-in/"):
        assert not BeautifulSoup(browser.get(path).text, "html5lib").select("aside.demo"), path


def test_the_style_is_one_file_that_is_kept_for_good(browser: Browser) -> None:
    page = BeautifulSoup(browser.get("/ja/").text, "html5lib")
    sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    assert len(sheets) == 1
    assert "immutable" in browser.get(sheets[0]).headers["Cache-Control"]


def test_nobody_else_may_read_the_database(site: Installation) -> None:
    assert {stat.S_IMODE(file.stat().st_mode) for file in (site.folder / "var").iterdir()} == {0o600}
    assert stat.S_IMODE((site.folder / "var").stat().st_mode) == 0o700


def test_the_doctor_finds_nothing_wrong(site: Installation, simulator: Simulator) -> None:
    simulator.application(redirect_uris=[CALLBACK], certificates=[site.certificate])
    said = run(".venv/bin/python manage.py doctor", site.folder.parent)
    results = {line[11:30].strip(): line.split()[0] for line in said.splitlines() if line[:1].strip()}
    assert "failed" not in results.values()
    for check in ("discovery", "credential", "redirect address", "way out", "migrations"):
        assert results[check] == "ok", said


def test_a_member_signs_in_through_the_proxy_with_a_certificate(
    browser: Browser, site: Installation, simulator: Simulator
) -> None:
    simulator.application(redirect_uris=[CALLBACK], certificates=[site.certificate])
    page = browser.follow(browser.get("/ja/quota/"))
    form = BeautifulSoup(page.text, "html5lib").select_one("form[action='/accounts/microsoft/login/']")
    assert form is not None
    there = browser.post("/accounts/microsoft/login/", filled(form, {}, None))
    authorize = there.headers["Location"]
    assert authorize.startswith(f"https://{LOGIN}/")
    back = at_microsoft(authorize.replace(f"https://{LOGIN}", simulator.address + PREFIXES[LOGIN]), "full.mailbox")
    assert "full.mailbox@example.ac.jp" in browser.follow(browser.get(back)).text
    assert {"__Host-session", "__Host-csrf"} <= set(browser.cookies)
