"""The guides that there are, read from their files and kept until a file changes.

A site whose guides are made already never reads one. So the code that reads them is imported with the first guide
that is read, which saves such a process 4 MB.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from portal.guides import permanent_ids
from portal.guides.guide import Guide

CONTENT = Path(__file__).with_name("content")
LANGUAGES = ("ja", "en")
INDEX = "index"


def list_slugs() -> tuple[str, ...]:
    """Every guide but the index, in the order of the list of permanent ids."""
    ids = _read_permanent_ids(_read_change_time(permanent_ids.LIST))
    return tuple(slug for slug in ids if slug != INDEX and _make_path(slug, LANGUAGES[0]).is_file())


def find_guide(slug: str, language: str) -> Guide | None:
    """The guide, or None where there is none. Raises GuideError."""
    path = _make_path(slug, language)
    if slug not in _read_permanent_ids(_read_change_time(permanent_ids.LIST)) or not path.is_file():
        return None
    return _read_guide(path, _read_change_time(path), _read_change_time(permanent_ids.LIST))


def _make_path(slug: str, language: str) -> Path:
    return CONTENT / f"{slug}.{language}.md"


def _read_change_time(path: Path) -> int:
    return path.stat().st_mtime_ns


@lru_cache(maxsize=1)
def _read_permanent_ids(changed: int) -> dict[str, permanent_ids.PermanentIds]:
    return permanent_ids.read_permanent_ids()


@lru_cache(maxsize=128)
def _read_guide(path: Path, changed: int, list_changed: int) -> Guide:
    from portal.guides.read_guide import read_guide  # noqa: PLC0415  (as said above)

    return read_guide(path, settings.SERVICE, _read_permanent_ids(list_changed)[path.name.partition(".")[0]])
