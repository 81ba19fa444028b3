"""The demo's database is its own: a new one at each start, nobody else's to read, and no other file is touched."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from demo.ports import find_free_port
from tests.demo_site import DemoSite, running_demo, start

INSTALLATIONS = ("madoguchi.sqlite3", "madoguchi.sqlite3-wal", "madoguchi.sqlite3-shm", "demo.sqlite3.bak")
LEFT_OVER = ("demo.sqlite3", "demo.sqlite3-wal", "demo.sqlite3-shm", "demo.sqlite3-journal")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an installation keeps its own database, and where an earlier demo was killed."""
    folder = tmp_path_factory.mktemp("var")
    for name in (*INSTALLATIONS, *LEFT_OVER):
        (folder / name).write_text(f"{name} of before", encoding="ascii")
    return folder


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[DemoSite]:
    with running_demo(folder) as running:
        yield running


def test_what_is_not_the_demos_stays_as_it_was(demo: DemoSite, folder: Path) -> None:
    for name in INSTALLATIONS:
        assert (folder / name).read_bytes() == f"{name} of before".encode()


def test_it_starts_with_a_new_database(demo: DemoSite, folder: Path) -> None:
    assert "database: ok" in requests.get(f"{demo.site}/readyz", timeout=20).text
    assert not (folder / "demo.sqlite3-journal").exists()


def test_only_its_owner_may_read_it(demo: DemoSite, folder: Path) -> None:
    requests.get(f"{demo.site}/readyz", timeout=20)
    files = [file for file in folder.glob("demo.sqlite3*") if file.name not in INSTALLATIONS]
    assert {file.name for file in files} == {f"demo.sqlite3{end}" for end in ("", "-wal", "-shm", ".serving")}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_second_demo_leaves_the_first_ones_database_alone(demo: DemoSite, folder: Path, tmp_path: Path) -> None:
    inode = (folder / "demo.sqlite3").stat().st_ino
    command = [sys.executable, "-m", "demo.serve", "--built", "--var", str(folder)]
    second = start(command, tmp_path / "second.log", find_free_port(), find_free_port())
    try:
        assert second.wait(30) == 1
    finally:
        second.terminate()
    assert (tmp_path / "second.log").read_text(encoding="utf-8").splitlines() == [
        f"Another demo is running on {folder}/demo.sqlite3; end it, or run `python -m demo.serve --var FOLDER`."
    ]
    assert (folder / "demo.sqlite3").stat().st_ino == inode
    assert requests.get(f"{demo.site}/healthz", timeout=20).status_code == 200
