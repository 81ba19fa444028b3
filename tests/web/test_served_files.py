"""Built guides and static files as WhiteNoise serves them: with the site's own headers, without asking the site."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from whitenoise import WhiteNoise

from portal.web.served_files import add_headers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every guide; rendered once for all tests: compressing takes seconds."""
    folder = tmp_path_factory.mktemp("served-guides")
    call_command("render_guides", "--to", str(folder))
    return folder


def serve(folder: Path, address: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
    """(status, headers, body) of what WhiteNoise answers; it must not ask the application."""
    files = WhiteNoise(None, add_headers_function=add_headers, index_file=True)
    files.add_files(str(folder), prefix="/")
    answer: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        answer.update(status=status, headers=dict(headers))

    body = files({"PATH_INFO": address, "REQUEST_METHOD": "GET", **environ}, start)
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return answer["status"], answer["headers"], content


def test_a_served_file_has_the_security_headers_of_the_live_page(folder: Path, client: Client, db: object) -> None:
    live = client.get("/ja/guides/thunderbird/")
    status, headers, _ = serve(folder, "/ja/guides/thunderbird/", HTTP_ACCEPT_ENCODING="br")
    assert (status, headers["Content-Encoding"]) == ("200 OK", "br")
    for name in (
        "Content-Security-Policy",
        "Content-Language",
        "Content-Type",
        "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ):
        assert headers[name].replace('"', "") == live[name], name
    assert "Access-Control-Allow-Origin" not in headers
    assert "Set-Cookie" not in headers


def test_an_unchanged_file_is_not_sent_again(folder: Path) -> None:
    _, headers, _ = serve(folder, "/en/guides/servers/")
    status, _, body = serve(folder, "/en/guides/servers/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")


def test_an_address_without_its_last_slash_leads_on(folder: Path) -> None:
    status, headers, _ = serve(folder, "/en/guides/servers")
    assert (status, headers["Location"]) == ("302 Found", "servers/")


def test_other_files_get_the_security_headers_too(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("p {}")
    _, headers, _ = serve(tmp_path, "/site.css")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
