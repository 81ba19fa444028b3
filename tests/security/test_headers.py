"""The headers of every kind of answer: what Django makes, what is served as a file, and what has no page at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection as database

from tests.demo_site import clean_environment
from tests.front_door import Reader
from tests.security.asked import Answered, Asked
from tests.security.production import HOST, answers, manage
from tests.simulated import ROOT

FRAMED = "/accounts/microsoft/signed-out/?sid=x"
LOGIN_HOST = "https://login.microsoftonline.com"


def part(reader: Reader, address: str) -> Any:
    return reader.client.get(address, headers={"HX-Request": "true", "HX-Request-Type": "partial"})


def broken(reader: Reader) -> Any:
    reader.client.raise_request_exception = False
    with database.cursor() as cursor:
        cursor.execute("alter table changes_change rename to elsewhere")
    return reader.client.get("/en/history/")


VISITORS: dict[str, tuple[int, Callable[[Reader], Any]]] = {
    "a page": (200, lambda reader: reader.client.get("/en/")),
    "the sign-in page": (200, lambda reader: reader.client.get("/ja/accounts/sign-in/")),
    "a guide": (200, lambda reader: reader.client.get("/ja/guides/thunderbird/")),
    "the health check": (200, lambda reader: reader.client.get("/healthz")),
    "the readiness check": (200, lambda reader: reader.client.get("/readyz")),
    "a redirect by language": (302, lambda reader: reader.client.get("/")),
    "a redirect to sign in": (302, lambda reader: reader.client.get("/ja/rules/")),
    "a short link": (302, lambda reader: reader.client.get("/g/thunderbird/")),
    "a callback of nobody's": (302, lambda reader: reader.client.get("/accounts/microsoft/login/callback/?code=x")),
    "a refusal": (403, lambda reader: reader.client.get("/ja/accounts/problem/declined/")),
    "a form without its token": (403, lambda reader: reader.client.post("/en/forwarding/", {})),
    "no page": (404, lambda reader: reader.client.get("/ja/nowhere/")),
    "no page in any language": (404, lambda reader: reader.client.get("/favicon.png")),
    "a wrong host": (400, lambda reader: reader.client.get("/en/", SERVER_NAME="elsewhere.example")),
    "maintenance": (503, lambda reader: reader.client.get("/ja/maintenance/")),
    "what Microsoft frames": (200, lambda reader: reader.client.get(FRAMED)),
}
MEMBERS: dict[str, tuple[int, Callable[[Reader], Any]]] = {
    "home": (200, lambda reader: reader.client.get("/ja/")),
    "a mailbox page": (200, lambda reader: reader.client.get("/ja/rules/")),
    "a part for htmx": (200, lambda reader: part(reader, "/ja/quota/card/")),
    "the history": (200, lambda reader: reader.client.get("/en/history/")),
    "a wrong method": (405, lambda reader: reader.client.get("/en/rules/QUJD/switch/")),
    "a fault of ours": (500, broken),
}
FILES = {
    "a guide": (200, Asked("/ja/guides/thunderbird/")),
    "a compressed guide": (200, Asked("/en/guides/", headers={"HTTP_ACCEPT_ENCODING": "br"})),
    "a guide without its last slash": (302, Asked("/en/guides/servers")),
    "a style sheet": (200, Asked("/static/css/site.css")),
    "a script": (200, Asked("/static/js/site.js")),
    "no file": (404, Asked("/static/nowhere.css")),
    "a page": (200, Asked("/ja/")),
    "no page": (404, Asked("/ja/nowhere/")),
    "a redirect": (302, Asked("/ja/forwarding/")),
    "a form without its token": (403, Asked("/ja/rules/new/", "POST")),
    "the health check": (200, Asked("/healthz")),
    "the pages for staff": (302, Asked("/admin/")),
    "no page for staff": (404, Asked("/admin/auth/")),
    "what Microsoft frames": (200, Asked(FRAMED)),
}


def directives(headers: Mapping[str, str]) -> dict[str, list[str]]:
    policy = headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def check(headers: Mapping[str, str], login: str, *, framed: bool = False) -> None:
    """What every answer has. `login` is the origin of Microsoft's sign-in."""
    policy = directives(headers)
    assert policy["default-src"] == policy["base-uri"] == ["'none'"]
    assert "object-src" not in policy, "it falls back on default-src"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["form-action"] == ["'self'", login]
    assert policy["frame-ancestors"] == [login if framed else "'none'"]
    assert not re.search("unsafe|nonce|\\*|http:(?!//127)", headers["Content-Security-Policy"])
    assert headers.get("X-Frame-Options") == (None if framed else "DENY")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(headers["Permissions-Policy"].split(", "))
    assert headers.get("Access-Control-Allow-Origin") is None


def check_type(status: int, headers: Mapping[str, str]) -> None:
    """A body has a type, and text a charset."""
    if status != 302:
        assert re.fullmatch(r'text/\w+; charset="?utf-8"?', headers["Content-Type"])


@pytest.mark.parametrize("name", VISITORS)
def test_an_answer_to_a_visitor(visitor: Reader, name: str) -> None:
    status, ask = VISITORS[name]
    response = ask(visitor)
    assert response.status_code == status
    check(response.headers, settings.SIMULATOR, framed=name == "what Microsoft frames")
    check_type(status, response.headers)


@pytest.mark.parametrize("name", MEMBERS)
def test_an_answer_to_a_member_is_kept_by_nobody(full_mailbox: Reader, name: str) -> None:
    status, ask = MEMBERS[name]
    response = ask(full_mailbox)
    assert response.status_code == status
    check(response.headers, settings.SIMULATOR)
    check_type(status, response.headers)
    if name == "a fault of ours":
        return  # it is the same for everyone
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answered]:
    """The answers to FILES of the application as an operator runs it."""
    folder = tmp_path_factory.mktemp("production")
    # Not `manage.py build`: it clears static files away that other tests read meanwhile.
    subprocess.run([sys.executable, "-m", "demo.build"], cwd=ROOT, env=clean_environment(), check=True)
    manage(folder, "render_guides")
    return dict(zip(FILES, answers([asked for _, asked in FILES.values()], folder), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_an_answer_of_a_real_installation(served: dict[str, Answered], name: str) -> None:
    answered = served[name]
    assert answered.status == FILES[name][0]
    check(answered.headers, LOGIN_HOST, framed=name == "what Microsoft frames")
    check_type(answered.status, answered.headers)
    assert answered.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_real_installation_has_cookies_for_this_host_alone(served: dict[str, Answered]) -> None:
    cookies = [cookie for answered in served.values() for cookie in answered.headers.get_all("Set-Cookie")]
    assert {cookie.split("=")[0].strip() for cookie in cookies} == {"__Host-csrf", "__Host-language"}
    for cookie in cookies:
        said = {word.strip().lower() for word in cookie.split(";")[1:]}
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= said
        assert not [word for word in said if word.startswith("domain")]


@pytest.mark.usefixtures("served")
def test_a_file_that_never_changes_is_kept_and_a_guide_is_asked_for_again(tmp_path: Path) -> None:
    names = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    sheet, guide = answers([Asked(f"/static/{names['css/site.css']}"), Asked("/ja/guides/")], tmp_path)
    assert "immutable" in sheet.headers["Cache-Control"]
    assert guide.headers["Cache-Control"] == "max-age=300, public"


def test_another_host_is_refused_whatever_the_proxy_forwards(tmp_path: Path) -> None:
    asked = [
        Asked("/ja/", headers={"HTTP_HOST": "elsewhere.example"}),
        Asked("/ja/", headers={"HTTP_X_FORWARDED_HOST": "elsewhere.example"}),
    ]
    wrong, ignored = answers(asked, tmp_path)
    assert wrong.status == 400
    assert ignored.status == 200
    assert HOST not in str(ignored.headers)
