"""Commands and backups come and go beside a site that writes: nothing that it wrote is lost.

https://sqlite.org/howtocorrupt.html, 2.2: a process that closes any descriptor of the database file gives up all its
locks; the next process that leaves then thinks that it is the last, and deletes -wal and -shm under the first.
"""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.person import Person
from tests.operating import sqlite_site
from tests.operating.sqlite_site import COLLECTOR, Site, change_something, changes_in, command

PLAIN = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM changes_change'); c.close()"
BACKUP = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))"
BESIDE = {
    "purge_journal": ("manage.py", "purge_journal"),
    "a backup": ("-c", BACKUP, "{database}", "{database}.backup"),
    "the doctor": ("manage.py", "doctor"),
    "a plain look": ("-c", PLAIN, "{database}"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    sqlite_site.built()
    database = sqlite_site.empty_database(tmp_path_factory.mktemp("site"))
    with sqlite_site.serving(database) as running:
        yield running


def run_beside(site: Site, name: str, person: Person) -> int:
    """How many changes the person made while it ran, and two after it."""
    words = [word.format(database=site.database) for word in BESIDE[name]]
    made = 0
    with command(site, *words) as second:
        while made < 2 or second.poll() is None:
            change_something(person)
            made += 1
        said = second.stdout.read().decode() if second.stdout else ""
    assert second.returncode in (0, 1), said  # the doctor finds fault with the people of a simulated university
    assert "Traceback" not in said
    for _ in range(2):
        change_something(person)
    return made + 2


@pytest.mark.parametrize("name", BESIDE)
def test_what_runs_beside_the_site_takes_nothing_from_it(site: Site, name: str) -> None:
    person = Person(site.address, COLLECTOR)
    before = changes_in(site.database)
    made = run_beside(site, name, person)
    assert site.lost == []
    assert all(site.database.with_name(f"{site.database.name}{end}").exists() for end in ("-wal", "-shm"))
    assert changes_in(site.database) == before + made


def test_a_backup_beside_the_site_is_whole(site: Site, tmp_path: Path) -> None:
    person = Person(site.address, COLLECTOR)
    before = changes_in(site.database)
    change_something(person)
    with command(site, "-c", BACKUP, str(site.database), str(tmp_path / "backup")) as second:
        assert second.wait() == 0
    assert changes_in(tmp_path / "backup") == before + 1


def test_what_was_written_outlives_the_sites_sudden_end(tmp_path: Path) -> None:
    sqlite_site.built()
    with sqlite_site.serving(sqlite_site.empty_database(tmp_path)) as site:
        person = Person(site.address, COLLECTOR)
        change_something(person)
        made = 1 + run_beside(site, "purge_journal", person)
        site.end(signal.SIGKILL)
        assert changes_in(site.database) == made
        with closing(sqlite3.connect(site.database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
