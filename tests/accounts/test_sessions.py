"""Sessions: whose they are, when they end, and how their cookies are kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from accounts.models import Session, TokenCache
from tests.front_door import leave_for_microsoft, sign_in_as


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
