"""A line that holds a token, an address or somebody's mail fails the test that caused it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.crypto import get_random_string

from accounts.sealing import seal
from tests.front_door import at_microsoft
from tests.security.leaks import leaks, subjects
from tests.simulated import ROOT


def part(claims: bytes) -> str:
    return base64.urlsafe_b64encode(claims).decode().rstrip("=")


CALLBACK = "http://localhost:8000/accounts/microsoft/login/callback/"
SECRETS = {
    "a signed token": part(b'{"alg":"RS256"}') + "." + part(b'{"aud":"https://graph.microsoft.com"}') + ".c2ln",
    "claims as Microsoft sends them": base64.b64encode(b'{"access_token":{"nbf":{"essential":true}}}').decode(),
    "a sealed text": seal("x"),
    "a code": "1.AX" + secrets.token_urlsafe(96),
    "a refresh token": "1.AR" + secrets.token_urlsafe(160),
    "a bearer token": "Authorization: Bearer opaque-to-us",
    "a key for sealing": settings.TOKEN_KEYS[0],
    "the secret key": settings.SECRET_KEY,
    "the client secret": settings.CLIENT_SECRET,
    "the proof of a code": base64.urlsafe_b64encode(hashlib.sha256(b"verifier").digest()).decode().rstrip("="),
    "a query": "/accounts/microsoft/login/callback/?code=x&state=y",
    "an address": "full.mailbox@example.ac.jp",
    "an address in a query": "to=full.mailbox%40example.ac.jp",
    "a subject": subjects()[0],
}
SAID = (
    "MD-7Q4K-2WF3 portal answered 500 to GET home:index",
    "MD-7Q4K-2WF3 sign-in expired: AADSTS54005 correlation 8a2f0f4a-1c10-4a52-8a64-5f0c7c5e3a52",
    '{"event": "sign-in", "person": 12, "outcome": "refused", "request": "MD-7Q4K-2WF3"}',
    "a stop-forwarding is in doubt",
    "Service Unavailable: /ja/accounts/problem/unavailable/",
    "token of user 7: invalid_grant",
)


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_what_a_line_may_not_hold(secret: str) -> None:
    assert list(leaks(f"2026-11-24 08:00:00,000 INFO accounts a line with {secret} in it"))


def test_what_the_simulated_microsoft_gives_out() -> None:
    wanted = {"client_id": settings.CLIENT_ID, "redirect_uri": CALLBACK, "scope": "openid offline_access Mail.Read"}
    endpoints = f"{os.environ['SIMULATOR']}/login/{settings.TENANT_ID}/oauth2/v2.0"
    back = at_microsoft(f"{endpoints}/authorize?{urlencode(wanted | {'response_type': 'code'})}", "full.mailbox")
    code = parse_qs(urlsplit(back).query)["code"][0]
    grant = {"grant_type": "authorization_code", "code": code, "client_secret": settings.CLIENT_SECRET}
    tokens = requests.post(f"{endpoints}/token", data=wanted | grant, timeout=10).json()
    for secret in (code, tokens["access_token"], tokens["refresh_token"], tokens["id_token"]):
        assert list(leaks(f"got {secret}"))


def test_every_key_of_a_session() -> None:
    for _ in range(500):
        key = get_random_string(32, VALID_KEY_CHARS)
        assert list(leaks(f"session {key} began")) or key.isdecimal() or key.isalpha()


@pytest.mark.parametrize("line", SAID)
def test_what_a_line_may_hold(line: str) -> None:
    assert list(leaks(f"2026-11-24 08:00:00,000 INFO accounts {line}")) == []


PLANTED = """
import logging, sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from tests.security.watched_logs import watch

def test_in_a_warning():
    logging.getLogger("accounts").warning("refreshed %s", "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln")

def test_at_the_lowest_level_of_a_logger_nobody_knew():
    logging.getLogger("a.new.one").debug("for %s", "full.mailbox@example.ac.jp")

def test_in_the_text_of_an_error():
    try:
        raise ValueError("?code=1.AX")
    except ValueError:
        logging.getLogger("portal").exception("it failed")

def test_in_the_file_of_another_process(tmp_path):
    said = tmp_path / "demo.log"
    said.write_text("first line\\nto full.mailbox@example.ac.jp\\n")
    watch(said)

def test_nothing_to_see():
    logging.getLogger("accounts").warning("MD-7Q4K-2WF3 sign-in expired")
"""


@pytest.mark.parametrize("cores", ["0", "1"])
def test_the_plugin_fails_the_test_that_caused_the_line(tmp_path: Path, cores: str) -> None:
    planted = tmp_path / "test_planted.py"
    planted.write_text(PLANTED, encoding="utf-8")
    options = ["-n", cores, "-p", "no:cacheprovider", "-o", "addopts=-p tests.security.watched_logs"]
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "--rootdir", ".", *options, str(planted)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "5 passed, 4 errors" in ended.stdout
    for name in ("warning", "lowest_level_of_a_logger_nobody_knew", "text_of_an_error", "file_of_another_process"):
        assert re.search(rf"ERROR at teardown of test_(in|at)_(a|the)_{name}\b", ended.stdout), name
