"""A full disk, a read-only one, a damaged database: /readyz says so, and no change is half made."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup

from bench.person import Person
from tests.front_door import filled
from tests.operating import small_disk, sqlite_site
from tests.operating.sqlite_site import COLLECTOR, Site, change_something
from tests.simulator_control import Simulator

RESULT_LIFETIME = 5.0  # seconds for which /readyz answers from what it found


@pytest.fixture(autouse=True, scope="module")
def _built() -> None:
    sqlite_site.built()


def database_line(site: Site, beginning: str) -> tuple[int, str]:
    """Status and the database's line, asked again for as long as an earlier answer may be kept."""
    deadline = time.monotonic() + RESULT_LIFETIME + 2
    while True:
        status, lines = site.readiness()
        if lines["database"].startswith(beginning) or time.monotonic() > deadline:
            return status, lines["database"]
        time.sleep(0.1)


def send_first_switch(person: Person, page: requests.Response) -> requests.Response:
    """Off or on, whatever the answer's status."""
    form = BeautifulSoup(page.content, "html5lib").select_one("form[action$='/switch/']")
    assert form is not None
    address = requests.compat.urljoin(page.url, str(form["action"]))
    return person.session.post(address, filled(form, {}, None), headers={"Referer": page.url}, timeout=30)


def writes(simulator: Simulator) -> list[str]:
    asked = simulator.requests()["requests"]
    return [each["method"] for each in asked if "messageRules" in each["path"] and each["method"] != "GET"]


def test_on_a_full_disk_nothing_is_sent_to_microsoft(tmp_path: Path, simulator: Simulator) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with sqlite_site.serving(disk / "site.sqlite3", before=small_disk.command(disk, small_disk.WRITABLE)) as site:
        person = Person(site.address, COLLECTOR)
        page = person.open("/ja/rules/")
        small_disk.fill(disk, site.worker, left=10)  # before /readyz is asked: it keeps what it found for 5 seconds
        assert database_line(site, "failed") == (503, "failed: 10 MiB free on its disk, 64 needed")
        assert send_first_switch(person, page).status_code == 200
        page = person.open("/ja/rules/")
        small_disk.fill(disk, site.worker)
        before = writes(simulator)
        answer = send_first_switch(person, page)
        assert answer.status_code == 503
        assert "何も変更していません" in answer.text
        assert "MD-" in answer.text
        assert writes(simulator) == before
        small_disk.clear(disk, site.worker)
        change_something(person)


def test_a_read_only_disk_is_named(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with sqlite_site.serving(disk / "site.sqlite3", before=small_disk.command(disk, small_disk.READ_ONLY)) as site:
        assert database_line(site, "failed") == (503, "failed: site.sqlite3.serving: Read-only file system")
        assert requests.get(f"{site.address}/ja/guides/", timeout=5).status_code == 200


def test_a_write_that_fails_is_named(tmp_path: Path) -> None:
    """There is room on the disk, but no file may be longer than 400 KiB; -wal soon would be."""
    limited = ("prlimit", f"--fsize={400 * 1024}")
    with sqlite_site.serving(sqlite_site.empty_database(tmp_path), before=limited) as site:
        person = Person(site.address, COLLECTOR)
        answer = person.open("/ja/rules/")
        for _ in range(30):
            answer = send_first_switch(person, answer)
            if answer.status_code != 200:
                break
        assert answer.status_code in (409, 503)  # in doubt, if it failed after the write
        assert database_line(site, "failed") == (503, "failed: OperationalError (SQLITE_IOERR_WRITE)")


def damage_a_table(database: Path) -> None:
    """One page in the middle, of a table that no page of the site reads."""
    with closing(sqlite3.connect(database)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'socialaccount_socialtoken'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def overwrite(database: Path) -> None:
    database.write_bytes(b"this is no database " * 1000)


@pytest.mark.parametrize(("spoil", "name"), [(damage_a_table, "SQLITE_CORRUPT"), (overwrite, "SQLITE_NOTADB")])
def test_a_damaged_database_is_not_ready(tmp_path: Path, spoil: object, name: str) -> None:
    database = sqlite_site.empty_database(tmp_path)
    spoil(database)  # type: ignore[operator]
    with sqlite_site.serving(database) as site:
        assert database_line(site, "failed") == (503, f"failed: DatabaseError ({name})")
        assert requests.get(f"{site.address}/healthz", timeout=5).status_code == 200


def test_until_it_has_been_looked_through_it_is_not_ready(tmp_path: Path) -> None:
    database = sqlite_site.empty_database(tmp_path)
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("CREATE TABLE mine (x)")  # keeps everybody else from looking at the file
        with sqlite_site.serving(database) as site:
            threading.Timer(1, other.close).start()  # other lines of the answer wait for it too
            assert site.readiness()[1]["database"] == "checking"
            assert database_line(site, "ok") == (200, "ok")
