"""A few sequences on each database, others each time; `make sequences` goes through many more.

The output has the seed, and for each sequence after which the three disagree the command that does it again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from demo.stamps import ROOT
from tests.demo_site import clean_environment
from tests.security.watched_logs import watch
from tests.sequences.sites import POSTGRESQL, SQLITE

NUMBER = 25


@pytest.mark.xdist_group("sequences")
@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL])
def test_page_history_and_mailbox_agree(database: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.sequences", "--database", database, "--number", str(NUMBER)]
    environment = clean_environment() | {"LOG_LEVEL": "INFO"}  # as in production; the suite itself is at DEBUG
    done = subprocess.run(
        [*command, "--logs", str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    for log in tmp_path.glob("site-*.log"):
        watch(log)
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
