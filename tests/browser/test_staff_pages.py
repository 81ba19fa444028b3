"""The pages for staff in Chromium, under the site's own policy: they show, and nothing is complained about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import StorageState

from tests.browser.conftest import Arrive
from tests.demo_site import DemoSite, running_demo

LISTS = {
    "accounts/user": "People",
    "accounts/session": "Sessions",
    "accounts/lease": "Leases",
    "changes/change": "Changes",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("staff"), ADMIN="1", STAFF_ROLE="Helpdesk") as demo:
        yield demo


@pytest.fixture(scope="module")
def signed_in_before() -> dict[str, StorageState]:
    """Of this demo alone."""
    return {}


def test_every_page_for_staff_shows(arrive: Arrive) -> None:
    visitor = arrive("helpdesk", language="en")
    page = visitor.open("/admin/")
    assert page.locator("h1").inner_text() == "For staff"
    for path, heading in LISTS.items():
        page.locator("main").get_by_role("link", name=heading).click()
        assert page.url.endswith(f"/admin/{path}/")
        assert page.locator("h1").inner_text() == heading
        assert visitor.barriers() == []
        page.locator("main").get_by_role("link", name="For staff").click()


def test_a_person_is_searched_for_and_the_list_is_sorted(arrive: Arrive) -> None:
    visitor = arrive("helpdesk", language="en")
    page = visitor.open("/admin/accounts/user/")
    oid = page.locator("tbody tr").first.locator("td").nth(1).inner_text()
    page.get_by_label("Object id of a person in Entra").fill(oid)
    page.get_by_role("button", name="Search").click()
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="Last sign-in").click()
    assert page.locator("tbody tr").count() == 1


def test_the_lists_fit_a_telephone_in_japanese(arrive: Arrive) -> None:
    visitor = arrive("helpdesk", phone=True, theme="dark")
    visitor.open("accounts/sessions/")  # these pages follow the language of the last one
    page = visitor.open("/admin/accounts/session/")
    assert page.locator("h1").inner_text() == "セッション"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.barriers() == []


def test_somebody_else_does_not_get_in(arrive: Arrive) -> None:
    arrive("full.mailbox").open("/admin/", status=403)


def test_the_admins_own_sign_in_leads_to_ours(arrive: Arrive) -> None:
    page = arrive(language="en").open("/admin/login/")
    assert "/accounts/sign-in/" in page.url
    assert page.locator("input[type=password]").count() == 0
