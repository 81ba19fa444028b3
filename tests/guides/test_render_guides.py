"""Guide pages as files: the same bytes as the live page, ready to be served by WhiteNoise."""

import gzip
import os
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from whitenoise import WhiteNoise

from portal.web.built_files import joined
from portal.web.served_files import add_headers

COLD = 45 * 1024  # bytes, compressed


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rendered once for all tests: compressing takes seconds."""
    folder = tmp_path_factory.getbasetemp() / "guides"
    if not folder.is_dir():
        call_command("render_guides", "--to", str(folder))
    return folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("index.html"))


def address(folder: Path, path: Path) -> str:
    return f"/{path.parent.relative_to(folder).as_posix()}/"


def served(folder: Path, address: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
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


def test_every_file_is_the_live_page(folder: Path, client: Client, db: object) -> None:
    assert len(pages(folder)) == 24
    for path in pages(folder):
        assert client.get(address(folder, path)).content == path.read_bytes(), path


def test_the_compressed_forms_are_the_page(folder: Path) -> None:
    for path in pages(folder):
        body = path.read_bytes()
        assert gzip.decompress(path.with_name("index.html.gz").read_bytes()) == body
        assert brotli.decompress(path.with_name("index.html.br").read_bytes()) == body


def test_a_guide_costs_at_most_45_kb_with_all_it_needs(folder: Path) -> None:
    parts = [joined(Path(str(finders.find(name)))) for name in ("css/site.css", "js/guide.js")]
    around = sum(len(gzip.compress(part.encode())) for part in parts)
    for path in pages(folder):
        assert around + path.with_name("index.html.gz").stat().st_size <= COLD, path


def test_a_served_file_has_the_security_headers_of_the_live_page(folder: Path, client: Client, db: object) -> None:
    live = client.get("/ja/guides/thunderbird/")
    status, headers, _ = served(folder, "/ja/guides/thunderbird/", HTTP_ACCEPT_ENCODING="br")
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
    _, headers, _ = served(folder, "/en/guides/servers/")
    status, _, body = served(folder, "/en/guides/servers/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")


def test_an_address_without_its_last_slash_leads_on(folder: Path) -> None:
    status, headers, _ = served(folder, "/en/guides/servers")
    assert (status, headers["Location"]) == ("302 Found", "servers/")


def test_rendering_again_leaves_unchanged_pages_alone(folder: Path) -> None:
    page = folder / "ja" / "guides" / "servers" / "index.html"
    os.utime(page, (1, 1))
    call_command("render_guides", "--to", str(folder))
    assert page.stat().st_mtime == 1


def test_rendering_removes_guides_that_are_gone(folder: Path) -> None:
    old = folder / "ja" / "guides" / "gone" / "index.html"
    old.parent.mkdir()
    old.write_text("old")
    call_command("render_guides", "--to", str(folder))
    assert not old.exists()


def test_other_files_get_the_security_headers_too(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("p {}")
    _, headers, _ = served(tmp_path, "/site.css")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
