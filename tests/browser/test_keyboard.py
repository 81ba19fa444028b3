"""Everything by keyboard alone, with the focus always in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Arrive
from tests.simulator_control import Simulator

ME = "new.student@example.ac.jp"
MOST_STOPS = 80


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on the element; each stop on the way must show that it has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert focus_is_in_sight(page), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not come to {selector}")


def focus_is_in_sight(page: Page) -> bool:
    """The element with the focus lies in the window and has an outline of 2 px or more around it."""
    seen: bool = page.evaluate(
        """() => {
          const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
          const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          const below = box.top < innerHeight && box.bottom > 0, beside = box.left < innerWidth && box.right > 0;
          return it !== document.body && outlined && box.width > 0 && below && beside;
        }"""
    )
    return seen


def test_the_skip_link_is_first_and_leads_to_the_content(arrive: Arrive, language: str) -> None:
    page = arrive(language=language).open("guides/thunderbird/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    assert focus_is_in_sight(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["", "guides/", "guides/thunderbird/", "accounts/sign-in/"])
def test_every_stop_of_a_public_page_shows_the_focus(arrive: Arrive, path: str) -> None:
    page = arrive().open(path)
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert focus_is_in_sight(page), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert len(stops) >= 5


def test_forwarding_is_set_with_tab_and_enter_alone(arrive: Arrive, simulator: Simulator, script: bool) -> None:
    page = arrive("new.student", language="en", script=script).open("")
    tab_to(page, ".site-nav a[href='/en/forwarding/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/forwarding/")
    tab_to(page, "[name=to]")
    page.keyboard.type("emma@example.com")
    tab_to(page, "[name=copy]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main .btn-main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/forwarding/check/")
    tab_to(page, "main .btn-main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/forwarding/")
    rule = simulator.rules(ME)[0]
    assert rule["actions"]["forwardTo"][0]["emailAddress"]["address"] == "emma@example.com"
    assert rule["actions"]["delete"]


def test_a_mistake_is_reached_from_the_summary(arrive: Arrive) -> None:
    visitor = arrive("new.student", language="en")
    page = visitor.open("forwarding/")
    visitor.submit(status=422)
    assert page.evaluate("document.activeElement.matches('.errors')")
    tab_to(page, ".errors a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "to"
