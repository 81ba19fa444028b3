"""The pages for staff: off, closed to everybody else, read-only, and without anything that is secret."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.urls import NoReverseMatch, clear_url_caches, reverse
from django.utils import timezone

from accounts.models import Lease, Session, TokenCache, User
from portal import urls
from portal.changes.journal import Change, Kind
from tests.accounts.test_consent import press
from tests.accounts.test_step_up import an_hour_passes
from tests.accounts.test_tokens import person
from tests.accounts.token_answer import query_of
from tests.front_door import Reader, at_microsoft, sign_in_as
from tests.simulator_control import Simulator

LISTS = ("accounts/user", "accounts/session", "accounts/lease", "changes/change")
SECRET = "whatever-was-sealed"


@pytest.fixture
def admin_on(settings: LazySettings) -> Iterator[None]:
    """As if the site had been started with ADMIN=1."""
    settings.ADMIN, settings.STAFF_ROLE = True, "Helpdesk"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin.apps.SimpleAdminConfig"]
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.ADMIN = False
    importlib.reload(urls)
    clear_url_caches()


@pytest.fixture
def staff(admin_on: None, db: None) -> Reader:
    """Somebody of the helpdesk, and something in each list."""
    reader = sign_in_as("helpdesk")
    user = person("helpdesk")
    Change.objects.create(person=user, ticket="ticket-of-a-form", kind=Kind.CREATE_RULE, rule_id="r", sealed=SECRET)
    Lease.objects.create(key="mailbox:7", holder="random-holder", expires_at=timezone.now())
    return reader


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/accounts/user/"])
@pytest.mark.django_db
def test_without_the_setting_there_is_no_admin(settings: LazySettings, path: str) -> None:
    settings.STAFF_ROLE = "Helpdesk"
    sign_in_as("helpdesk").open(path, status=404)
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


@pytest.mark.usefixtures("admin_on")
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", *(f"/admin/{name}/" for name in LISTS)])
def test_who_is_not_signed_in_is_led_to_our_sign_in(visitor: Reader, path: str) -> None:
    page = visitor.open(path)
    assert page.address.partition("?")[0] in ("/ja/accounts/sign-in/", "/en/accounts/sign-in/")
    assert not page.all("input[type=password]")


@pytest.mark.usefixtures("admin_on")
@pytest.mark.parametrize("path", ["/admin/", *(f"/admin/{name}/" for name in LISTS)])
def test_who_is_not_staff_is_refused(full_mailbox: Reader, path: str) -> None:
    full_mailbox.open(path, status=403)


def test_the_sign_in_leads_back_to_the_list(admin_on: None, visitor: Reader) -> None:
    page = visitor.open("/admin/accounts/user/")
    back = at_microsoft(press(visitor, page), "helpdesk")
    assert visitor.open(back).address == "/admin/accounts/user/"


def test_an_old_sign_in_is_not_enough(admin_on: None, db: None) -> None:
    reader = sign_in_as("helpdesk")
    an_hour_passes()
    page = reader.open("/admin/changes/change/")
    assert "purpose=staff" in page.address
    assert query_of(press(reader, page))["max_age"] == "900"
    assert reader.open(at_microsoft(press(reader, page), "helpdesk")).address == "/admin/changes/change/"


def test_who_is_no_longer_staff_is_refused_in_every_session(staff: Reader, simulator: Simulator) -> None:
    User.objects.update(is_staff=False)
    staff.open("/admin/", status=403)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_lists_show_what_they_may_and_nothing_secret(staff: Reader, language: str) -> None:
    staff.client.get(f"/{language}/history/")  # the language of the last page is kept
    said = {name: staff.open(f"/admin/{name}/") for name in LISTS}
    oid = str(person("helpdesk").oid)
    assert [oid in page.text for page in said.values()] == [True, True, False, True]
    assert "create-rule" in said["changes/change"].text
    assert "mailbox:7" in said["accounts/lease"].text
    front = staff.open("/admin/")
    assert sorted(str(link["href"]) for link in front.all("main li a")) == sorted(f"/admin/{name}/" for name in LISTS)
    html = "".join(page.html for page in (front, *said.values()))
    tokens = TokenCache.objects.get(user=person("helpdesk")).sealed
    keys = Session.objects.values_list("session_key", flat=True)
    for secret in (SECRET, "ticket-of-a-form", "random-holder", tokens, *keys):
        assert secret not in html
    assert "/static/admin/" not in html


def test_a_person_is_found_by_object_id(staff: Reader) -> None:
    oid = str(person("helpdesk").oid)
    for name in ("accounts/user", "accounts/session", "changes/change"):
        page = staff.open(f"/admin/{name}/")
        assert len(staff.send(page, "main form", q=oid).all("tbody tr")) == 1
        assert staff.send(page, "main form", q=str(uuid.uuid4())).all("tbody tr") == []
        assert staff.send(page, "main form", q="x").all("tbody tr") == []


@pytest.mark.parametrize(
    "query",
    ["session_key__startswith=a", "session_data__contains=a", "user__token_cache__sealed__startswith=g", "pk=1"],
)
def test_no_filter_can_ask_for_a_key_letter_by_letter(staff: Reader, query: str) -> None:
    staff.open(f"/admin/accounts/session/?{query}", status=400)


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("page", ["add/", "1/", "1/change/", "1/delete/", "1/history/"])
def test_a_row_has_no_page_of_its_own(staff: Reader, model: str, page: str) -> None:
    staff.open(f"/admin/{model}/{page}", status=404)


@pytest.mark.parametrize(
    "path",
    [
        "logout/",
        "password_change/",
        "jsi18n/",
        "autocomplete/",
        "r/1/1/",
        "accounts/tokencache/",
        "accounts/",
        "auth/group/",
    ],
)
def test_what_django_offers_beyond_the_lists_is_not_there(staff: Reader, path: str) -> None:
    staff.open(f"/admin/{path}", status=404)


@pytest.mark.parametrize("model", LISTS)
def test_nothing_can_be_sent_to_a_list(staff: Reader, model: str) -> None:
    before = User.objects.count(), Change.objects.count(), Session.objects.count()
    page = staff.open("/ja/")
    token = page.form("form[action$='/sign-out/']").select_one("[name=csrfmiddlewaretoken]")
    assert token is not None
    fields = {"csrfmiddlewaretoken": str(token["value"]), "action": "delete_selected", "_selected_action": "1"}
    assert staff.post(f"/admin/{model}/", **fields).status_code == 405
    assert (User.objects.count(), Change.objects.count(), Session.objects.count()) == before


def test_a_long_list_has_pages(staff: Reader) -> None:
    tid = person("helpdesk").tid
    User.objects.bulk_create(User(tid=tid, oid=uuid.uuid4()) for _ in range(150))
    first = staff.open("/admin/accounts/user/")
    assert len(first.all("tbody tr")) == 100
    assert len(staff.open("/admin/accounts/user/?p=2").all("tbody tr")) == 51
    assert first.all("main nav a[href='?p=2']")
