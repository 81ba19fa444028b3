"""docs/architecture.md shows the rooms as they are, and no file is more than one thought."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.simulated import ROOT
from tests.structure.measure import find_files
from tests.structure.rooms import draw, find_rooms

MOST_LINES = 250
# A table of data: a row, and a few words, for each setting.
TABLES = {"portal/settings.py"}
# A table: a row, and a few words, for each setting.
TABLES = {"portal/settings.py"}
# What demo, which is no room of the picture, imports of the site.
SQLITE_ALONE = frozenset({"portal.sqlite"})
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_picture_is_drawn_from_the_imports() -> None:
    picture = PAGE.partition("<!-- rooms -->\n")[2].partition("<!-- /rooms -->")[0]
    assert picture == "".join(f"{line}\n" for line in draw(find_rooms()))


def test_every_room_is_in_the_table() -> None:
    table = PAGE.partition("| room |")[2].partition("\n\n")[0]
    cells = " ".join(map(first_cell, table.splitlines()))
    named = set(re.findall(r"`(?:portal/)?(\w+)(?:\.py)?`", cells))
    assert {room.rpartition(".")[2] for room in find_rooms()} <= named


def first_cell(row: str) -> str:
    return row.split("|")[1] if row.startswith("|") else ""


def read_contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return list(settings["contracts"])


def test_every_feature_is_among_those_of_the_contracts() -> None:
    """A room with addresses of its own; the home page, which shows the others, may import them."""
    features = {f"portal.{file.parent.name}" for file in (ROOT / "portal").glob("*/urls.py")}
    contracts = {contract["name"]: contract for contract in read_contracts()}
    changes = "what writes to a mailbox belongs into portal/changes, which knows neither pages, forms nor words"
    assert features <= set(contracts[changes]["forbidden_modules"])
    assert features - {"portal.home"} == set(contracts["features are independent of each other"]["modules"])
    around = "what is around every page belongs into portal/web, which knows no page"
    assert features <= set(contracts[around]["forbidden_modules"])
    above = "what shows several features belongs into portal/home, above them"
    assert features - {"portal.home"} == set(contracts[above]["source_modules"])


@pytest.mark.parametrize("contract", [each for each in read_contracts() if each.get("allow_indirect_imports")])
def test_what_a_room_does_not_import_is_forbidden_to_it(contract: dict[str, Any]) -> None:
    """A new room has to be placed: it is allowed to a row of the table when that row needs it."""
    rooms = find_rooms()
    sources = set(contract["source_modules"])
    imported = {room for source in sources for room in rooms.get(source, SQLITE_ALONE)}
    assert set(rooms) - sources - imported <= set(contract["forbidden_modules"])


@pytest.mark.parametrize("package", ["portal", "accounts", "demo", "bench"])
def test_no_file_is_longer_than_a_thought(package: str) -> None:
    for file in find_files(ROOT / package):
        name = str(file.relative_to(ROOT))
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= MOST_LINES or name in TABLES, f"{name} has {lines} lines, more than one thought: part it"
