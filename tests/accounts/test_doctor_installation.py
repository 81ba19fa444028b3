"""`manage.py doctor` about this machine: database, cache, keys, and the facts of the university."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings

from portal.mailbox.forwarding import Outside
from tests.accounts.site_process import start
from tests.accounts.test_doctor import doctor
from tests.front_door import Reader


def test_tokens_that_no_key_opens(full_mailbox: Reader, settings: LazySettings) -> None:
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]
    said = doctor("full.mailbox")
    said.finds("keys", "failed", "accounts_tokencache")
    said.finds("mailbox", "not known", "none kept", status=1)


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("django.core.cache.backends.dummy.DummyCache", "keeps nothing"),
        ("django.core.cache.backends.redis.RedisCache", "does not answer (ConnectionError)"),
    ],
)
@pytest.mark.django_db
def test_a_cache_that_does_not_work(settings: LazySettings, backend: str, words: str) -> None:
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    doctor().finds("cache", "failed", words)


@pytest.mark.django_db
def test_a_cache_that_all_processes_share(settings: LazySettings, tmp_path: Path) -> None:
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    assert doctor().results()["cache"] == "ok"


@pytest.mark.django_db
def test_a_forwarding_policy_that_is_not_filled_in(settings: LazySettings) -> None:
    policy = replace(settings.SERVICE.forwarding, outside=Outside.DOMAINS, allowed_domains=())
    settings.SERVICE = replace(settings.SERVICE, forwarding=policy)
    doctor().finds("forwarding policy", "warning", "none is listed")


@pytest.mark.django_db
def test_a_site_that_shows_its_insides(settings: LazySettings) -> None:
    settings.DEBUG = True
    doctor().finds("settings", "failed", "DEBUG=1")


def process(**environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an administrator runs it."""
    started = start("manage.py", "doctor", **environment)
    said, errors = started.communicate(timeout=60)
    print(said)
    return subprocess.CompletedProcess([sys.executable], started.returncode, said, errors)


def test_a_database_that_is_not_there(tmp_path: Path, db: None) -> None:
    ended = process(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/site.sqlite3")
    assert ended.returncode == 1
    assert "failed     database           The database does not answer (OperationalError)." in ended.stdout
    assert "not known  migrations         The database did not tell (OperationalError)." in ended.stdout


def test_a_database_that_is_empty(tmp_path: Path, db: None) -> None:
    ended = process(DATABASE_URL=f"sqlite:///{tmp_path}/site.sqlite3")
    assert ended.returncode == 1
    assert "migrations have not been applied." in ended.stdout
    assert "Run `manage.py migrate`." in ended.stdout


def test_the_fictional_university_is_not_a_real_one(tmp_path: Path, db: None) -> None:
    """Nothing answers where such a site looks for Microsoft, so that this is quick."""
    ended = process(
        SIMULATOR="",
        DEMO="",
        SITE_URL="https://mail.example.ac.jp",
        OUTBOUND_PROXY="http://secret-name:secret-word@127.0.0.1:1",
        DATABASE_URL=f"sqlite:///{tmp_path}/site.sqlite3",
    )
    assert ended.returncode == 1
    assert "failed     forwarding policy  The facts of the university are those of the fictional one." in ended.stdout
    assert "failed     way out            Graph cannot be reached (ProxyError)." in ended.stdout
    assert "secret-" not in ended.stdout + ended.stderr
