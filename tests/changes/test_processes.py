"""A process of the site that is killed or stopped in the middle of a change: real ones, on a database of their own.

Nobody waits here for a lease to run out by itself: its row is made older, as if the process had been gone for longer.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import requests
from bs4 import BeautifulSoup

from accounts.leases import EXPIRY
from bench.person import PATIENCE, Person
from tests.front_door import filled
from tests.operating.sqlite_site import Site, built, changes_in, empty_database, serving
from tests.rules.rule_page import STUDENT
from tests.simulator_control import Simulator

NEW, LIST = "/en/rules/new/", "/en/rules/"
# Seconds that nobody waits for a dead process's lease to run out.
SKIPPED = 4.0
RULE = {"name": "Mine", "subject_contains": "alpha", "mark_as_read": "on"}


def send_rule(person: Person, page: requests.Response, answers: list[requests.Response]) -> Thread:
    """In the background: the process may die before it answers."""

    def send() -> None:
        form = filled(BeautifulSoup(page.content, "html5lib").select_one("main form"), RULE, None)  # type: ignore[arg-type]
        headers = {"Referer": page.url}
        try:
            answers.append(person.session.post(page.url, data=form, headers=headers, timeout=PATIENCE))
        except requests.ConnectionError:
            return

    thread = Thread(target=send)
    thread.start()
    return thread


def moved(person: Person, site: Site) -> Person:
    """The same browser, after the site was started again."""
    return Person(site.address, session=person.session)


def until_asked(simulator: Simulator, method: str) -> None:
    """Until Microsoft has begun to answer such a request by itself, not in a batch: one under the lease."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        asked = simulator.requests()["requests"]
        if any(
            each["method"] == method and each["path"].endswith("messageRules") and not each["batch"] for each in asked
        ):
            return
        time.sleep(0.02)
    raise AssertionError(f"Microsoft was not asked: {method}")


def until_answered(simulator: Simulator, method: str) -> None:
    """Until Microsoft has answered it, be the process gone: from then on the mailbox shows what came of it."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        asked = [each for each in simulator.requests()["requests"] if each["method"] == method]
        if asked and all(each["ended"] is not None for each in asked):
            return
        time.sleep(0.02)
    raise AssertionError(f"Microsoft did not answer: {method}")


def until_said(person: Person, address: str, words: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while words not in (text := person.open(address).text):
        assert time.monotonic() < deadline, text
        time.sleep(0.1)


def make_lease_older(database: Path, seconds: float) -> None:
    """As if it had been renewed last so much earlier."""
    with closing(sqlite3.connect(database, timeout=5)) as connection, connection:
        [expires_at] = connection.execute("SELECT expires_at FROM accounts_lease WHERE key LIKE 'mailbox:%'").fetchone()
        older = datetime.fromisoformat(expires_at) - timedelta(seconds=seconds)
        connection.execute("UPDATE accounts_lease SET expires_at = ? WHERE key LIKE 'mailbox:%'", [str(older)])


def test_after_a_kill_in_mid_write_the_next_process_says_so_and_goes_on_within_seconds(
    simulator: Simulator, tmp_path: Path
) -> None:
    built()
    database = empty_database(tmp_path)
    with serving(database) as site:
        person = Person(site.address, "new.student")
        page = person.open(NEW)
        simulator.fault("POST */messageRules", delay_ms=2000, times=1)
        sent = send_rule(person, page, [])
        until_asked(simulator, "POST")
        site.end(signal.SIGKILL)
        killed = time.monotonic()
        sent.join()
    with serving(database) as site:
        person = moved(person, site)
        until_said(person, LIST, "A change is being made at this moment, or was interrupted.", EXPIRY)
        until_answered(simulator, "POST")
        make_lease_older(database, SKIPPED)
        person.send(person.open(NEW), "main form", name="Another", subject_contains="beta", mark_as_read="on")
        listed = person.open(LIST).text
        assert time.monotonic() - killed < EXPIRY - SKIPPED + 4  # its start included
        assert "Another" in listed
        assert changes_in(database) == 2
    names = [rule["displayName"] for rule in simulator.rules(STUDENT)]
    assert names in (["Mine", "Another"], ["Another", "Mine"], ["Another"])


def test_a_process_that_was_stopped_for_longer_than_its_lease_never_writes(
    simulator: Simulator, tmp_path: Path
) -> None:
    built()
    database = empty_database(tmp_path)
    with serving(database) as site:
        person = Person(site.address, "new.student")
        page = person.open(NEW)
        simulator.fault("GET */messageRules", times=1)  # by the form
        simulator.fault("GET */messageRules", delay_ms=1000, times=1)  # under the lease
        answers: list[requests.Response] = []
        sent = send_rule(person, page, answers)
        until_asked(simulator, "GET")
        worker = site.worker
        os.kill(worker, signal.SIGSTOP)
        time.sleep(1)  # longer than Microsoft's answer takes
        make_lease_older(database, EXPIRY)
        os.kill(worker, signal.SIGCONT)
        sent.join()
        assert answers[0].status_code == 503, answers[0].text
        assert "Nothing was changed." in answers[0].text
    assert simulator.rules(STUDENT) == []
