"""docs/architecture.md shows the rooms as they are, and no file is more than one thought."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.simulated import ROOT
from tests.structure.measure import find_files
from tests.structure.rooms import draw, find_arrows, find_rooms

MOST_LINES = 250
# Tables of data, which grow by a row: what problem pages say.
TABLES = {"portal/web/problem_words.py", "accounts/sign_in_words.py"}
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


def test_every_feature_is_among_those_of_the_contracts() -> None:
    """A room with addresses of its own; the home page, which shows the others, may import them."""
    features = {f"portal.{file.parent.name}" for file in (ROOT / "portal").glob("*/urls.py")}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {contract["name"]: contract for contract in settings["contracts"]}
    assert features <= set(contracts["changes know no feature"]["forbidden_modules"])
    assert features - {"portal.home"} == set(contracts["features are independent of each other"]["modules"])


def test_an_arrow_never_leads_back() -> None:
    arrows = list(find_arrows(find_rooms()))
    assert ("portal.changes", "portal.connect") in arrows
    assert not {(imported, importer) for importer, imported in arrows} & set(arrows)


@pytest.mark.parametrize("package", ["portal", "accounts", "demo", "bench"])
def test_no_file_is_longer_than_a_thought(package: str) -> None:
    for file in find_files(ROOT / package):
        name = str(file.relative_to(ROOT))
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= MOST_LINES or name in TABLES, f"{name} has {lines} lines, more than one thought: part it"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_of_data_is_still_one(name: str) -> None:
    assert "WORDS: Mapping" in Path(ROOT / name).read_text(encoding="utf-8")
