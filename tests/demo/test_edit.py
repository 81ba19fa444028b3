"""`make guides`: whoever edits a guide sees it with a reload."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from demo.ports import find_free_port
from tests.demo_site import start, wait_for


@pytest.fixture(scope="module")
def guides(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the guides are."""
    port, said = find_free_port(), tmp_path_factory.mktemp("edit") / "demo.log"
    process = start(["make", "guides", f"PYTHON={sys.executable}"], said, port, find_free_port(), folder=checkout)
    wait_for("Ready:", said, process)
    yield f"http://localhost:{port}/ja/guides"
    process.send_signal(signal.SIGTERM)
    process.wait(20)


@pytest.fixture
def file(checkout: Path) -> Iterator[Path]:
    """A guide's; other tests use the same checkout after this one."""
    file = checkout / "portal" / "guides" / "content" / "servers.ja.md"
    before = file.read_text(encoding="utf-8")
    yield file
    file.write_text(before, encoding="utf-8")


def test_a_reload_shows_the_edit_and_what_is_wrong_with_it(guides: str, file: Path) -> None:
    before = file.read_text(encoding="utf-8")
    assert "ためしの一文" not in requests.get(f"{guides}/servers/", timeout=20).text
    file.write_text(f"{before}\nためしの一文です。\n", encoding="utf-8")
    assert "ためしの一文です。" in requests.get(f"{guides}/servers/", timeout=20).text
    file.write_text(f"{before}\n{{{{ servers.nowhere.host }}}}\n", encoding="utf-8")
    broken = requests.get(f"{guides}/servers/", timeout=20)
    assert broken.status_code == 500
    assert "servers.nowhere.host" in broken.text


def test_it_looks_as_the_site_does(guides: str) -> None:
    page = requests.get(f"{guides}/thunderbird/", timeout=20).text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = requests.get(f"{guides.removesuffix('/ja/guides')}{style}", timeout=20)
    assert sheet.status_code == 200
    assert "@import" not in sheet.text
