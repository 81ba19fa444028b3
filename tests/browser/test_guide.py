"""A guide in a real browser: tabs, links to a step, copying, and the reader's own address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.visitor import Visitor

MINE = "hana@example.ac.jp"


def open_panels(page: Page) -> list[str]:
    return [str(panel.get_attribute("id")) for panel in page.locator(".panel:visible").all()]


def clipboard(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_a_step_opens_its_tab(arrive: Arrive, script: bool) -> None:
    page = arrive(script=script).open("guides/thunderbird/#mac-sign-in")
    assert open_panels(page) == ["mac"]
    expect(page.locator("#mac-sign-in h3")).to_be_in_viewport()


def test_tabs_work_without_script(arrive: Arrive) -> None:
    page = arrive(script=False).open("guides/thunderbird/")
    assert open_panels(page) == ["windows"]
    page.locator(".tabs a[href='#android']").click()
    assert open_panels(page) == ["android"]


def test_the_chosen_tab_stays_open_when_one_goes_to_another_section(arrive: Arrive) -> None:
    page = arrive().open("guides/thunderbird/#android")
    page.locator(".toc a[href='#settings']").click()
    assert open_panels(page) == ["android"]


def test_the_language_switch_keeps_the_step(arrive: Arrive) -> None:
    page = arrive().open("guides/thunderbird/#mac-imap")
    page.locator("a.language").click()
    page.wait_for_url("**/en/guides/thunderbird/#mac-imap")
    assert open_panels(page) == ["mac"]


def test_a_value_is_copied_bare(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("guides/servers/")
    button = page.locator("#imap button[data-copy]").first
    button.click()
    expect(button).to_have_text("コピーしました")
    assert clipboard(visitor) == button.get_attribute("data-copy")
    expect(button).to_have_text("コピー")


def test_the_link_to_a_step_is_copied_without_a_language(arrive: Arrive) -> None:
    visitor = arrive(language="en")
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("guides/thunderbird/#mac")
    page.locator("#mac-imap a.step-link").click()
    assert clipboard(visitor) == f"{page.locator('[data-short]').get_attribute('data-short')}#mac-imap"
    page = visitor.open("/g/thunderbird/#mac-imap")
    assert page.url == f"{visitor.demo.site}/en/guides/thunderbird/#mac-imap"


def test_the_readers_address_comes_from_the_fragment_and_stays_in_the_tab(arrive: Arrive) -> None:
    page = arrive().open(f"guides/thunderbird/#mac-address&me={MINE}")
    assert page.url.endswith("/ja/guides/thunderbird/#mac-address")
    expect(page.locator("#mac-address [data-me]")).to_have_text(MINE)
    assert page.locator("#mac-address button").get_attribute("data-copy") == MINE
    page.goto(page.url.partition("/guides/")[0] + "/guides/servers/")
    expect(page.locator("#imap [data-me]")).to_have_text(MINE)


def test_an_example_address_cannot_be_copied_but_the_readers_own_can(arrive: Arrive) -> None:
    page = arrive().open("guides/thunderbird/")
    own = page.locator("#settings [data-me-copy]").first
    expect(page.locator("#settings button[data-copy]:not([data-me-copy])").first).to_be_visible()
    expect(own).to_be_hidden()
    page.evaluate(f"location.hash = 'me={MINE}'")
    expect(own).to_be_visible()
    assert own.get_attribute("data-copy") == MINE


def test_somebody_signed_in_finds_their_address_in_the_guides_until_they_sign_out(arrive: Arrive) -> None:
    student = arrive(language="en")
    student.sign_in("new.student")
    page = student.open("")
    page.locator(".site-nav a[href*='/guides/']").click()
    page.wait_for_url("**/en/guides/")
    page.goto(page.url + "servers/")
    expect(page.locator("#imap [data-me]")).to_have_text("new.student@example.ac.jp")
    assert "Sign in" not in page.locator("header").inner_text()
    page.get_by_role("link", name="Your mail").click()
    expect(page.locator("h1")).to_have_text("Your mail")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/**")
    page = student.open("guides/servers/")
    expect(page.locator("#imap [data-me]")).not_to_have_text("new.student@example.ac.jp")


def test_the_side_stands_beside_the_text_only_where_it_has_room(arrive: Arrive) -> None:
    page = arrive().open("guides/thunderbird/")
    for width, beside in ((360, False), (1024, False), (1180, False), (1280, True)):
        page.set_viewport_size({"width": width, "height": 800})
        text, side = (page.locator(name).bounding_box() for name in (".guide", ".guide-side"))
        assert text is not None
        assert side is not None
        assert (side["y"] < text["y"] + text["height"]) is beside
        assert side["width"] >= 136


@pytest.mark.parametrize("bad", ["%3Cimg%20src=x%3E", "a%ZZ@b", "two@at@example.ac.jp", "x" * 400 + "@example.ac.jp"])
def test_what_is_no_address_is_not_shown(arrive: Arrive, bad: str) -> None:
    page = arrive().open(f"guides/thunderbird/#me={bad}")
    assert page.url.endswith("/ja/guides/thunderbird/")
    expect(page.locator("#settings [data-me]").first).to_have_text("s2412345@example.ac.jp")


def test_without_script_there_is_no_button_that_does_nothing(arrive: Arrive) -> None:
    page = arrive(script=False).open("guides/thunderbird/")
    assert page.locator("main button:visible").count() == 0


def test_on_paper_the_chosen_tab_is_named_and_every_fold_is_open(arrive: Arrive) -> None:
    page = arrive().open("guides/thunderbird/#mac")
    page.emulate_media(media="print")
    expect(page.locator("#mac-h")).to_be_visible()
    expect(page.locator("#trouble details p").first).to_be_visible()
    expect(page.locator("#windows")).to_be_hidden()
    fold = page.locator("#trouble summary").first
    assert fold.evaluate("it => [getComputedStyle(it).listStyleType, getComputedStyle(it).color]") == [
        "none",
        page.locator("#trouble p").first.evaluate("it => getComputedStyle(it).color"),
    ]
    assert page.locator(".facts [data-short]").evaluate("it => getComputedStyle(it).fontSize") == "0px"
    for gone in (".site-nav", ".tabs", ".toc", "#mac-imap .step-link"):
        expect(page.locator(gone).first).to_be_hidden()
