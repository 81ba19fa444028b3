"""Sessions: whose they are, how long they last, where a person is signed in, and how their cookies are kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.models import Session, TokenCache
from accounts.sessions import SessionStore
from tests.front_door import Reader, filled, leave_for_microsoft, sign_in_as

PAGE = "/en/accounts/sessions/"
SIGNED_OUT = "/accounts/microsoft/signed-out/"
ISSUER = "https://login.microsoftonline.com/5f0c7c5e-3a52-4a64-9a33-8a2f0f4a1c10/v2.0"


def test_a_session_knows_its_person(full_mailbox):
    key = full_mailbox.client.cookies["madoguchi_session"].value

    assert Session.objects.get(pk=key).user.address == "full.mailbox@example.ac.jp"


def test_a_session_before_the_sign_in_is_nobodys(visitor):
    leave_for_microsoft(visitor)
    assert Session.objects.get().user is None


def expire(address: str) -> None:
    Session.objects.filter(user__address=address).update(expire_date=timezone.now() - timedelta(seconds=1))


def test_clearing_expired_sessions_takes_their_tokens_away(full_mailbox, new_student):
    expire("full.mailbox@example.ac.jp")
    call_command("clearsessions")

    assert [row.user.address for row in TokenCache.objects.all()] == ["new.student@example.ac.jp"]
    assert Session.objects.count() == 1


def test_every_sign_in_clears_what_expired(full_mailbox):
    expire("full.mailbox@example.ac.jp")
    sign_in_as("new.student")

    assert [row.user.address for row in TokenCache.objects.all()] == ["new.student@example.ac.jp"]


COOKIES = """
import django, json
django.setup()
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.management import call_command
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory

def view(request):
    request.session["token"] = get_token(request)
    return HttpResponse()

call_command("migrate", verbosity=0)
response = SessionMiddleware(CsrfViewMiddleware(view))(RequestFactory().get("/", secure=True))
print(json.dumps({name: morsel.OutputString() for name, morsel in response.cookies.items()}))
"""


def test_outside_a_demo_the_cookies_are_bound_to_the_host_and_to_https(tmp_path):
    environment = {
        **os.environ,
        "DEMO": "0",
        "SIMULATOR": "",
        "SITE_URL": "https://mail.example.ac.jp",
        "ALLOWED_HOSTS": "",
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
    }
    ran = subprocess.run(
        [sys.executable, "-c", COOKIES], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    cookies = json.loads(ran.stdout.splitlines()[-1])

    assert set(cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in cookies.values():
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def is_signed_in(reader: Reader) -> bool:
    return reader.open("/ja/history/").address == "/ja/history/"


def pass_time(**ago: timedelta) -> None:
    """As if `seen` or `expire_date` of every session had been that much earlier."""
    Session.objects.update(**{name: F(name) - span for name, span in ago.items()})


@pytest.mark.parametrize(("minutes", "signed_in"), [(59, True), (61, False)])
def test_a_session_ends_an_hour_after_the_last_page(new_student: Reader, minutes: int, signed_in: bool) -> None:
    pass_time(seen=timedelta(minutes=minutes))
    assert is_signed_in(new_student) is signed_in


def test_every_page_that_is_opened_keeps_the_session_for_another_hour(new_student: Reader) -> None:
    for _ in range(3):
        pass_time(seen=timedelta(minutes=40))
        assert is_signed_in(new_student)


def test_whatever_is_done_in_it_a_session_ends_twelve_hours_after_the_sign_in(new_student: Reader) -> None:
    session = Session.objects.get()
    assert session.expire_date - session.began == timedelta(hours=12)
    store = SessionStore(session.session_key)
    store["more"] = 1
    store.save()
    assert Session.objects.get().expire_date == session.expire_date
    pass_time(expire_date=timedelta(hours=12))
    assert not is_signed_in(new_student)


def test_the_tokens_of_whoever_was_away_too_long_go_with_the_next_sign_in(new_student: Reader) -> None:
    pass_time(seen=timedelta(hours=2))
    sign_in_as("full.mailbox")
    assert [row.user.address for row in TokenCache.objects.all()] == ["full.mailbox@example.ac.jp"]
    assert Session.objects.count() == 1


def test_a_person_sees_where_they_are_signed_in_and_ends_one_of_them(new_student: Reader) -> None:
    elsewhere, somebody_else = sign_in_as("new.student"), sign_in_as("full.mailbox")
    page = new_student.open(PAGE)
    assert [b.get_text() for b in page.all(".sessions b")].count("This browser") == 1
    assert [b.get_text() for b in page.all(".sessions b")].count("Another browser") == 1
    page = new_student.send(page, ".sessions form")
    assert not is_signed_in(elsewhere)
    assert is_signed_in(new_student)
    assert is_signed_in(somebody_else)
    assert len(page.all(".sessions li")) == 1


def test_the_session_in_use_and_those_of_others_are_not_ended_by_number(new_student: Reader) -> None:
    somebody_else = sign_in_as("full.mailbox")
    form = new_student.open(PAGE).form("main .stack > form")
    for session in Session.objects.all():
        fields = {**filled(form, {}, None), "session": session.number}
        assert new_student.client.post(PAGE, fields).status_code == 302
    assert is_signed_in(new_student)
    assert is_signed_in(somebody_else)


def test_a_person_signs_out_everywhere(new_student: Reader) -> None:
    elsewhere, somebody_else = sign_in_as("new.student"), sign_in_as("full.mailbox")
    form = new_student.open(PAGE).form("main .stack > form")
    answer = new_student.client.post(PAGE, filled(form, {}, None))
    assert "/oauth2/v2.0/logout?" in answer["Location"]
    assert not is_signed_in(new_student)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(somebody_else)
    assert [row.user.address for row in TokenCache.objects.all()] == ["full.mailbox@example.ac.jp"]


def test_the_key_of_a_session_is_on_no_page(new_student: Reader) -> None:
    assert Session.objects.get().session_key not in new_student.open(PAGE).html


def test_microsoft_ends_the_sessions_of_one_sign_in_without_a_cookie(new_student: Reader) -> None:
    elsewhere = sign_in_as("new.student")
    sids = set(Session.objects.values_list("sid", flat=True))
    assert len(sids - {""}) == 2
    here = Session.objects.get(pk=new_student.client.cookies["madoguchi_session"].value)
    answer = Client().get(SIGNED_OUT, {"sid": here.sid, "iss": ISSUER})
    assert answer.status_code == 200
    assert not is_signed_in(new_student)
    assert is_signed_in(elsewhere)
    assert TokenCache.objects.exists()
    Client().get(SIGNED_OUT, {"sid": Session.objects.exclude(sid="").get().sid})
    assert not TokenCache.objects.exists()


@pytest.mark.parametrize(
    "query", [{}, {"sid": ""}, {"sid": "0" * 32}, {"sid": "' or 1=1"}, {"sid": "SID", "iss": "https://evil.example"}]
)
def test_who_does_not_know_the_sign_in_ends_nothing(new_student: Reader, query: dict[str, str]) -> None:
    known = {name: value.replace("SID", Session.objects.get().sid) for name, value in query.items()}
    assert Client().get(SIGNED_OUT, known).status_code == 200
    assert is_signed_in(new_student)


def test_only_microsoft_may_show_that_page_in_a_frame(simulator) -> None:
    answer = Client().get(SIGNED_OUT)
    assert f"frame-ancestors {simulator.address}" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "no-store" in answer["Cache-Control"]
    assert Client().post(SIGNED_OUT).status_code in (403, 405)
    other = Client().get("/ja/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_a_session_that_began_before_the_upgrade_goes_on(new_student: Reader) -> None:
    session = new_student.client.session
    session["_auth_user_backend"] = "accounts.backends.WithTokens"
    session.save()
    assert "new.student@example.ac.jp" in new_student.open("/en/").html
