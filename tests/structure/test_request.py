"""How far somebody has to walk who reads how a page is made: each file that one request runs through, counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.forwarding.forwarding_page import checked
from tests.front_door import Reader, filled
from tests.simulated import ROOT
from tests.simulator_control import Simulator

MOST_FILES = 28
pytestmark = pytest.mark.django_db(transaction=True)


def follow(reader: Reader, method: str, path: str, **data: Any) -> dict[str, Any]:
    """What runs for this request, the first of a process with nothing in its caches."""
    database = connection.settings_dict
    asked = {
        "method": method,
        "path": path,
        "cookies": {name: morsel.value for name, morsel in reader.client.cookies.items()},
        "data": urlencode(data, doseq=True),
    }
    environment = dict(os.environ)
    if database["ENGINE"] == "portal.sqlite":
        environment["DATABASE_URL"] = f"sqlite:///{database['NAME']}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.structure.follow_request"],
        cwd=ROOT,
        env=environment,
        input=json.dumps(asked),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def as_walked(followed: dict[str, Any]) -> str:
    lines = [f"{name}: {', '.join(functions[:6])}" for name, functions in followed["files"].items()]
    return "\n".join([f"{len(lines)} files", *lines, f"{len(followed['templates'])} templates"])


def test_the_list_of_rules_runs_through_few_files(rule_collector: Reader) -> None:
    followed = follow(rule_collector, "GET", "/ja/rules/")
    assert followed["status"] == 200
    assert len(followed["files"]) <= MOST_FILES, as_walked(followed)


def test_starting_a_forwarding_runs_through_few_files_and_reads_the_rules_twice(
    new_student: Reader, simulator: Simulator
) -> None:
    form = checked(new_student).form("form#start")
    before = len(simulator.requests()["requests"])
    followed = follow(new_student, "POST", str(form["action"]), **filled(form, {}, None))
    asked = simulator.requests()["requests"][before:]
    assert followed["status"] == 302
    assert len(simulator.rules("new.student@example.ac.jp")) == 1
    assert len(followed["files"]) <= MOST_FILES, as_walked(followed)
    reads = [row for row in asked if row["method"] == "GET" and row["path"].partition("?")[0].endswith("/messageRules")]
    assert len(reads) == 2, reads
