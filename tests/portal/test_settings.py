"""A missing or malformed setting stops the start with one sentence that names the variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.accounts.certificates import certified_key

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    name: os.environ[name]
    for name in ("SECRET_KEY", "TOKEN_KEYS", "TENANT_ID", "CLIENT_ID", "CLIENT_SECRET", "SIMULATOR", "SITE_URL", "DEMO")
}


def start(code: str = "import portal.settings", **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Start the site's own process with these settings, and run the code in it."""
    environment = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_good_settings_start() -> None:
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("TOKEN_KEYS", None),
        ("TOKEN_KEYS", "no-key"),
        ("TOKEN_KEYS", ","),
        ("ALLOWED_HOSTS", ","),
        ("SITE_URL", None),
        ("SITE_URL", "mail.example.ac.jp"),
        ("SITE_URL", "http://localhost:8000/mail"),
        ("SITE_URL", "http://user:password@localhost:8000"),
        ("TENANT_ID", None),
        ("TENANT_ID", "example.ac.jp"),
        ("CLIENT_ID", None),
        ("CLIENT_ID", "madoguchi"),
        ("OUTBOUND_PROXY", "proxy:3128"),
        ("OUTBOUND_PROXY", "http://proxy:port"),
        ("CLIENT_SECRET", None),
        ("DEMO", "yes"),
        ("DEBUG", "True"),
        ("SIMULATOR", "https://graph.example.com"),
        ("SIMULATOR", "nonsense"),
        ("DATABASE_URL", "nonsense"),
        ("CACHE_URL", "nonsense"),
        ("CACHE_URL", "redis://localhost:port"),
        ("OUTBOUND_CA", "/nowhere.pem"),
        ("OUTBOUND_CA", __file__),
        ("SITE_URL", "http://localhost:99999"),
        ("SITE_URL", "http://LocalHost:8000"),
        ("JOURNAL_DAYS", "0"),
        ("JOURNAL_DAYS", "99999999999"),
        ("JOURNAL_DAYS", "1_80"),
        ("JOURNAL_DAYS", "+180"),
        ("JOURNAL_DAYS", "１８０"),  # full-width
        ("JOURNAL_DAYS", "١٨٠"),  # Arabic
        ("TRUSTED_PROXIES", "-0"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("TIME_ZONE", "Asia"),
        ("TIME_ZONE", "Asia/Edo"),
        ("TIME_ZONE", "../Tokyo"),
        ("SERVICE_FILE", "/nowhere.toml"),
        ("SECRET_KEY_FILE", "/nowhere"),
        ("SECRET_KEY_FILE", "/"),
        ("SECRET_KEY_FILE", sys.executable),  # no text
        ("STAFF_GROUP", "helpdesk"),
        ("ADMIN", "yes"),
        ("ADMIN", "1"),  # without anybody who is staff
    ],
)
def test_a_bad_setting_is_named_in_one_sentence(name: str, value: str | None) -> None:
    ended = start(**{name: value})
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert name in ended.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DEMO": None}, "SITE_URL"),
        ({"DEMO": None, "SITE_URL": "https://mail.example.ac.jp"}, "SIMULATOR"),
        ({"CLIENT_CERTIFICATE": "x"}, "exactly one of CLIENT_CERTIFICATE"),
        ({"CLIENT_ASSERTION_FILE": "/run/assertion"}, "exactly one of CLIENT_CERTIFICATE"),
        ({"CLIENT_SECRET": None}, "exactly one of CLIENT_CERTIFICATE"),
        ({"CLIENT_SECRET": None, "CLIENT_CERTIFICATE": certified_key(90).certificate}, "CLIENT_CERTIFICATE must hold"),
    ],
)
def test_settings_that_contradict_each_other_are_named(changes: dict[str, str | None], named: str) -> None:
    ended = start(**changes)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert named in ended.stderr


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(GOOD["SECRET_KEY"] + "\n")
    assert start(SECRET_KEY=None, SECRET_KEY_FILE=str(secret)).returncode == 0


KEPT_AT = """
import portal.settings
print(portal.settings.DATABASES["default"]["HOST"], portal.settings.CACHES["default"]["LOCATION"])
"""


def test_the_addresses_of_database_and_cache_can_come_from_files_too(tmp_path: Path) -> None:
    database, cache = tmp_path / "database", tmp_path / "cache"
    database.write_text("postgres://user:password@db.example.ac.jp/name\n")
    cache.write_text("redis://cache.example.ac.jp:6379/0\n")
    ended = start(KEPT_AT, DATABASE_URL_FILE=str(database), CACHE_URL_FILE=str(cache))
    assert ended.stdout.split() == ["db.example.ac.jp", "redis://cache.example.ac.jp:6379/0"], ended.stderr


BACKENDS = """
import portal.settings
print(portal.settings.DATABASES["default"]["ENGINE"], portal.settings.CACHES["default"]["BACKEND"])
"""


def test_an_address_that_is_empty_or_in_an_empty_file_means_the_default(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("\n")
    usual = start(BACKENDS).stdout
    assert usual.startswith("portal.sqlite ")
    assert start(BACKENDS, DATABASE_URL_FILE=str(empty), CACHE_URL_FILE=str(empty)).stdout == usual
    assert start(BACKENDS, DATABASE_URL="", CACHE_URL="").stdout == usual


def test_a_file_is_read_as_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    address = tmp_path / "database"
    address.write_text("postgres://user:窓口@db.example.ac.jp/name", encoding="utf-8")
    code = "import portal.settings; print(ascii(portal.settings.DATABASES['default']['PASSWORD']))"
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert start(code, DATABASE_URL_FILE=str(address), **old).stdout.strip() == ascii("窓口")


CHECK = """
import django
django.setup()
from django.test import Client
for host in ("127.0.0.1:8000", "mail.example.ac.jp", "elsewhere.example"):
    print(Client(headers={"Host": host}).get("/healthz").status_code)
"""


def test_a_health_check_on_the_machine_itself_needs_no_setting() -> None:
    ended = start(CHECK, DJANGO_SETTINGS_MODULE="portal.settings", SITE_URL="https://mail.example.ac.jp")
    assert ended.stdout.split() == ["200", "200", "400"], ended.stderr
