"""One process at a time serves from an SQLite file; a second one is told so and ends."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from bench.person import Person
from tests.operating import sqlite_site
from tests.operating.sqlite_site import COLLECTOR, Site, change_something, changes_in, command

PATIENCE = 30.0  # seconds
REFUSED = (
    "Madoguchi cannot start: another process serves from {database} already, and only one may. End it, start with one "
    "worker, or set DATABASE_URL to a PostgreSQL database."
)


@dataclass
class Started:
    """Everybody who waits for the right to serve does so at the same time: each would take its seconds."""

    site: Site
    second: Site
    crowd: Site
    forked: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    sqlite_site.built()
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "crowd", "forked")]
    one, crowd, forked = map(sqlite_site.empty_database, folders)
    with sqlite_site.serving(one) as site:
        second = sqlite_site.start(one, folders[0] / "second.log", "--respawn-failed-workers")
        workers = sqlite_site.start(crowd, folders[1] / "site.log", "--workers", "2")
        url = f"sqlite:///{forked}"
        with command(site, "-m", "tests.operating.forking_server", "2", DATABASE_URL=url) as preloaded:
            yield Started(site, second, workers, preloaded)
        second.end()
        workers.end()


def lines_with(said: Path, beginning: str) -> list[str]:
    return [line for line in said.read_text(encoding="utf-8").splitlines() if line.startswith(beginning)]


# What waits least stands first: the others wait meanwhile for the right to serve, or to be refused.
def test_a_command_runs_beside_it(started: Started) -> None:
    before = changes_in(started.site.database)
    with command(started.site, "manage.py", "purge_journal") as purge:
        assert purge.wait(PATIENCE) == 0
    assert changes_in(started.site.database) == before


def test_only_the_owner_may_read_what_says_who_serves(started: Started) -> None:
    lock = started.site.database.with_name("site.sqlite3.serving")
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_a_worker_that_was_killed_is_followed_by_one_that_serves(tmp_path: Path) -> None:
    sqlite_site.built()
    with sqlite_site.serving(sqlite_site.empty_database(tmp_path), "--respawn-failed-workers") as site:
        first = site.worker
        os.kill(first, signal.SIGKILL)
        wait_for_another(site, first)
        change_something(Person(site.address, COLLECTOR))


def test_a_worker_takes_over_from_one_that_is_still_ending(tmp_path: Path) -> None:
    sqlite_site.built()
    with sqlite_site.serving(sqlite_site.empty_database(tmp_path), "--respawn-interval", "1") as site:
        first = site.worker
        site.process.send_signal(signal.SIGHUP)  # granian starts the next one, and ends the first a second later
        wait_for_another(site, first)
        change_something(Person(site.address, COLLECTOR))
        assert lines_with(site.said, "Madoguchi") == []


def test_the_first_goes_on_while_a_second_waits_for_its_end(started: Started) -> None:
    person = Person(started.site.address, COLLECTOR)
    for _ in range(4):
        change_something(person)
        time.sleep(0.5)


def test_two_workers_of_one_server_are_refused(started: Started) -> None:
    assert started.crowd.process.wait(PATIENCE) != 0
    assert lines_with(started.crowd.said, "Madoguchi") == [REFUSED.format(database=started.crowd.database)]
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{started.crowd.address}/healthz", timeout=2)


def test_of_two_workers_forked_from_a_loaded_site_one_serves(started: Started) -> None:
    said = started.forked.communicate(timeout=PATIENCE)[0].decode().splitlines()
    assert len([line for line in said if line.startswith("serves ")]) == 1, said
    assert len([line for line in said if line.startswith(REFUSED[:40])]) == 1, said
    assert sorted(said[-1].split()) == ["0", "3"]


def test_a_second_is_refused_and_the_first_goes_on(started: Started) -> None:
    person = Person(started.site.address, COLLECTOR)
    deadline = time.monotonic() + PATIENCE
    while started.second.process.poll() is None:
        assert time.monotonic() < deadline, "the second one goes on"
        change_something(person)
        time.sleep(0.5)
    assert started.second.process.returncode != 0
    assert set(lines_with(started.second.said, "Madoguchi")) == {REFUSED.format(database=started.site.database)}
    assert "Traceback" not in started.second.said.read_text(encoding="utf-8")
    change_something(person)


def wait_for_another(site: Site, first: int) -> None:
    """Until the first worker is gone and another answers."""
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{first}").exists():
        assert time.monotonic() < deadline, "the first worker does not end"
        time.sleep(0.05)
    site.wait_until_it_answers()
    assert site.worker != first
