"""What holds for every page, in both languages, for everybody who sees something particular on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Arrive
from tests.browser.pages import EVERY
from tests.browser.visitor import PHONE

every_page = pytest.mark.parametrize(("who", "path"), EVERY, ids=[f"{who or 'anybody'} /{path}" for who, path in EVERY])


@every_page
def test_everybody_can_use_it_in_the_light_in_the_dark_and_on_a_phone(
    arrive: Arrive, who: str | None, path: str, language: str
) -> None:
    visitor = arrive(who, language=language)
    page = visitor.open(path)
    assert visitor.barriers() == []
    page.emulate_media(color_scheme="dark")
    assert visitor.barriers("color") == []
    page.set_viewport_size(PHONE)
    assert too_wide(page) == []
    assert visitor.barriers() == []


@every_page
def test_no_page_is_wider_than_its_window(arrive: Arrive, who: str | None, path: str) -> None:
    page = arrive(who).open(path)
    for width in (360, 768, 1024, 1080, 1180, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, too_wide(page))


def too_wide(page: Page) -> list[str]:
    """The elements that stick out on the right of the window, if the page can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter(it => it.getBoundingClientRect().right > width + 1)
            .map(it => it.outerHTML.slice(0, 160));
        }"""
    )
    return found


def test_without_script_a_page_says_the_same(arrive: Arrive, language: str) -> None:
    plain, scripted = arrive(language=language, script=False), arrive(language=language)
    for path in ("", "guides/", "accounts/sign-in/"):
        plain.open(path)
        scripted.open(path)
        assert plain.words == scripted.words
