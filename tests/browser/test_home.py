"""The home page's own script: the quota card that follows the rest."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.conftest import Arrive


def test_the_quota_card_follows(arrive: Arrive) -> None:
    page = arrive("full.mailbox").open("")
    expect(page.locator("main")).to_contain_text("49.0 GB")
    assert page.locator("[role=meter]").count() == 1


def test_without_script_the_way_to_the_quota_page_is_there(arrive: Arrive) -> None:
    page = arrive("full.mailbox", script=False).open("")
    page.locator("main a[href='/ja/quota/']").first.click()
    page.wait_for_url("**/ja/quota/")


def test_what_script_asks_for_after_the_session_ended_leads_to_the_sign_in(arrive: Arrive) -> None:
    student, held = arrive(), list[Route]()
    page = student.page
    page.route("**/quota/card/", lambda route: held.append(route))
    with page.expect_request("**/quota/card/"):
        student.sign_in("helpdesk")
    student.context.clear_cookies(name="madoguchi_session")
    held[0].continue_(headers=without_cookies(held[0].request.headers))
    page.wait_for_url("**/ja/accounts/sign-in/**")
    assert page.url.endswith("?next=%2Fja%2F")


def without_cookies(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "cookie"}
