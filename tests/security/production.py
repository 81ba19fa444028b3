"""The site with the settings of a real installation, asked in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from tests.demo_site import clean_environment
from tests.security.asked import Answered, Asked
from tests.security.watched_logs import look_at
from tests.simulated import ROOT

HOST = "mail.example.ac.jp"


def environment(folder: Path) -> dict[str, str]:
    """`folder` is for its database."""
    return clean_environment() | {
        "DEMO": "",
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "ADMIN": "1",
        "STAFF_ROLE": "Helpdesk",
        "DATABASE_URL": f"sqlite:///{folder / 'production.sqlite3'}",
    }


def manage(folder: Path, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(folder), check=True)


def answers(asked: list[Asked], folder: Path) -> list[Answered]:
    """What it answers over TLS behind its proxy."""
    manage(folder, "migrate", "--verbosity=0")
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.asked"],
        cwd=ROOT,
        env=environment(folder),
        input=json.dumps([asdict(replace(one, headers={"HTTP_HOST": HOST} | one.headers)) for one in asked]),
        capture_output=True,
        text=True,
        check=True,
    )
    look_at(done.stderr)
    return [Answered(**one) for one in json.loads(done.stdout)]
