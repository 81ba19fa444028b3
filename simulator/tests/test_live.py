"""`python -m live` itself, with a simulator in the tenant's place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.simulator_control import Simulator

ROOT = Path(__file__).resolve().parents[1]
PERSON = "rule.collector@example.ac.jp"
READS = ("GET", "POST /me/getMailTips", "POST /$batch", "PUT /me/mailFolders/inbox")  # PUT is refused


def live(simulator: Simulator | None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program's own end, with these settings alone."""
    settings = ("TENANT_ID", "CLIENT_ID", "ACCESS_TOKEN", "LIVE_WRITE", "LIVE_GRAPH")
    kept = {name: value for name, value in os.environ.items() if name not in settings}
    at = {"LIVE_GRAPH": simulator.address} if simulator else {}
    command = [sys.executable, "-m", "live"]
    return subprocess.run(
        command, cwd=ROOT, env=kept | at | environment, capture_output=True, encoding="utf-8", timeout=60
    )


def rows_about(point: int, table: str) -> list[str]:
    """The rows of one point, each without its spaces."""
    calls = table.partition("What is not documented:")[0]
    return [" ".join(row.split()) for row in calls.splitlines() if row.split()[:1] == [str(point)]]


def test_two_simulators_are_the_same_and_stay_as_they_were(simulator: Simulator) -> None:
    before = mailbox(simulator)
    done = live(simulator, LIVE_WRITE="1")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith(" 0 not tried, 0 differences\n")
    assert mailbox(simulator) == before


def mailbox(simulator: Simulator) -> list[Any]:
    """Its rules, and its folders with the number of messages in each."""
    folders = simulator.graph(PERSON, "GET", "/me/mailFolders?includeHiddenFolders=true&$top=250")["value"]
    return [simulator.rules(PERSON), folders]


def test_what_is_switched_in_one_of_them_is_found(simulator: Simulator) -> None:
    simulator.switch(
        folder_size_in_bytes="number",
        quota_properties=True,
        rule_error_code="ErrorInvalidRequest",
        rule_enabled_default=True,
        move_to_well_known=True,
        rules_page_size=20,
    )
    done = live(simulator, LIVE_WRITE="1")
    assert done.returncode == 1
    assert "2 a folder, nothing selected sizeInBytes absent number" in rows_about(2, done.stdout)
    assert "3 limits on the root singleValueExtendedProperties absent list" in rows_about(3, done.stdout)
    refused = "error code ErrorInboxRulesValidationError ErrorInvalidRequest"
    assert f"6 bad address {refused}" in rows_about(6, done.stdout)
    assert "7 isEnabled left out is enabled False True" in rows_about(7, done.stdout)
    assert "10 well-known name in moveToFolder status 400 201" in rows_about(10, done.stdout)
    assert "11 101 rules rows on a full page 100 20" in rows_about(11, done.stdout)


def test_nothing_is_written_unless_it_is_asked_for(simulator: Simulator) -> None:
    live(simulator)
    asked = [f"{row['method']} {row['path']}" for row in simulator.requests()["requests"] if row["service"] == "graph"]
    assert len(asked) > 20
    assert [line for line in asked if not line.startswith(READS)] == []


def test_without_a_tenant_it_says_what_is_missing() -> None:
    done = live(None)
    assert (done.returncode, done.stdout) == (2, "")
    assert "TENANT_ID is not set" in done.stderr


def test_without_a_token_it_says_what_is_missing() -> None:
    done = live(None, TENANT_ID="5f0c7c5e-3a52-4a64-9a33-8a2f0f4a1c10")
    assert done.returncode == 2
    assert done.stderr == "Neither ACCESS_TOKEN nor CLIENT_ID is set.\n"
