"""More processes of the site, on the database of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.security.watched_logs import look_at
from tests.simulated import ROOT


def database_url() -> str:
    """The address of the database that the tests made for themselves."""
    found: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    host, port = found["HOST"], found["PORT"] or 5432
    return f"postgres://{quote(found['USER'])}:{quote(found['PASSWORD'])}@{quote(host, safe='')}:{port}/{found['NAME']}"


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """`python ARGUMENTS` with the site's settings of the moment."""
    ours = {"DATABASE_URL": database_url(), "TOKEN_KEYS": ",".join(settings.TOKEN_KEYS), "LOG_LEVEL": "DEBUG"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **ours, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    """What it wrote, once it has ended well."""
    said, errors = process.communicate(timeout=60)
    look_at(errors)
    assert process.returncode == 0, errors
    return said
