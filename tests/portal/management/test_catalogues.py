"""What is wrong with a catalogue is said; what is right survives."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from portal.management import catalogues


@pytest.fixture
def sources() -> Catalog:
    found = Catalog()
    found.add("Save", locations=[("templates/a.html", 0)])
    found.add("%(n)s of %(all)s", locations=[("templates/b.html", 0)])
    return found


def japanese(**words: str) -> Catalog:
    made = Catalog(locale="ja")
    for message, text in words.items():
        made.add(message, text)
    return made


def test_a_complete_catalogue_has_no_problems(sources: Catalog) -> None:
    there = japanese(**{"Save": "保存する", "%(n)s of %(all)s": "%(all)s のうち %(n)s"})
    assert list(catalogues.problems(there, sources)) == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"%(n)s of %(all)s": "%(all)s のうち %(n)s"}, "not translated: 'Save' (templates/a.html)"),
        ({"Save": "", "%(n)s of %(all)s": "%(all)s のうち %(n)s"}, "not translated: 'Save' (templates/a.html)"),
        ({"Save": "保存", "%(n)s of %(all)s": "%(n)s", "Old": "古い"}, "no longer used: 'Old'"),
        ({"Save": "保存", "%(n)s of %(all)s": "%(m)s"}, "unknown named placeholder 'm': '%(n)s of %(all)s'"),
    ],
)
def test_a_problem_names_the_message(sources: Catalog, words: dict[str, str], problem: str) -> None:
    assert problem in list(catalogues.problems(japanese(**words), sources))


def test_a_fuzzy_message_is_a_problem(sources: Catalog) -> None:
    there = japanese(**{"Save": "保存", "%(n)s of %(all)s": "%(all)s のうち %(n)s"})
    there["Save"].flags.add("fuzzy")
    assert list(catalogues.problems(there, sources)) == ["fuzzy: 'Save'"]


def test_an_update_keeps_translations_and_drops_what_is_unused(sources: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    there = japanese(Save="保存する", Old="古い", **{"%(n)s of %(all)s": "%(all)s のうち %(n)s"})
    there.update(sources, no_fuzzy_matching=True)
    catalogues.write_catalogue(there, path)
    again = catalogues.read_catalogue(path)
    assert again["Save"].string == "保存する"
    assert again["%(n)s of %(all)s"].string == "%(all)s のうち %(n)s"
    assert "Old" not in again
    assert path.with_suffix(".mo").is_file()


def test_writing_twice_changes_nothing(sources: Catalog, tmp_path: Path) -> None:
    path, there = tmp_path / "django.po", japanese(Save="保存する")
    there.update(sources, no_fuzzy_matching=True)
    catalogues.write_catalogue(there, path)
    first, again = path.read_bytes(), catalogues.read_catalogue(path)
    again.update(sources, no_fuzzy_matching=True)
    catalogues.write_catalogue(again, path)
    assert path.read_bytes() == first
