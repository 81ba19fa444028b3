"""The database file of a small installation: made when it is first asked for, and nobody else's to read."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.portal.test_settings import start

TABLES = """
import os
os.umask(0o022)
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("create table people (name text)")
    print(cursor.execute("pragma journal_mode").fetchone()[0])
    import pathlib
    print(*sorted(oct(file.stat().st_mode & 0o777) for file in pathlib.Path(os.environ["FOLDER"]).iterdir()))
"""


def make_tables(file: Path) -> list[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": f"sqlite:///{file}"}
    ended = start(TABLES, **settings, FOLDER=str(file.parent))
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.split()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_missing_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    assert make_tables(tmp_path / "madoguchi.sqlite3") == ["wal", "0o600", "0o600", "0o600"]


def test_a_file_that_is_there_keeps_the_mode_that_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "madoguchi.sqlite3"
    file.touch()
    file.chmod(0o660)
    make_tables(file)
    assert mode(file) == 0o660


def test_a_link_to_a_missing_file_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "site.sqlite3").symlink_to(tmp_path / "disk" / "site.sqlite3")
    make_tables(tmp_path / "site.sqlite3")
    assert mode(tmp_path / "disk" / "site.sqlite3") == 0o600


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": f"sqlite:///{tmp_path}/vra/x.sqlite3"}
    assert "OperationalError" in start(TABLES, **settings).stderr
    assert list(tmp_path.iterdir()) == []


def test_settings_alone_make_nothing(tmp_path: Path) -> None:
    assert start(DATABASE_URL=f"sqlite:///{tmp_path}/madoguchi.sqlite3").returncode == 0
    assert list(tmp_path.iterdir()) == []
