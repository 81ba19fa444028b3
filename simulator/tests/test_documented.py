"""docs/simulator.md says what the tests show and what the switches are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from m365_simulator.switches import TABLE, Switch

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
TESTS = [*ROOT.glob("tests/test_*.py")]
ROWS = {int(row[1]): row[2] for row in re.finditer(r"^\| (\d+) \| .* \| ([\w, ]*) \|$", PAGE, re.MULTILINE)}


def numbers_in(path: Path) -> set[int]:
    """The numbers of all behaviour marks in a file."""
    marks = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    named = (mark for mark in marks if isinstance(mark.func, ast.Attribute) and mark.func.attr == "behaviour")
    return {number.value for mark in named for number in mark.args if isinstance(number, ast.Constant)}


def test_every_behaviour_has_a_row_and_the_tests_that_the_row_names() -> None:
    shown: dict[int, set[str]] = {}
    for path in TESTS:
        for number in numbers_in(path):
            shown.setdefault(number, set()).add(path.stem)
    assert set(ROWS) == set(range(1, 41))
    assert {number: set(row.split(", ")) for number, row in ROWS.items()} == shown


@pytest.mark.parametrize("switch", TABLE, ids=lambda switch: switch.name)
def test_every_switch_is_in_the_table_with_its_settings(switch: Switch) -> None:
    row = re.search(rf"^\| `{switch.name}` \| ([^|]*) \| ([^|]*) \| \[([^]]*)\]", PAGE, re.MULTILINE)
    assert row is not None
    shown = [_shown(value) for value in (switch.default, *switch.alternatives)]
    assert [row[1], *row[2].split(", ")] == (shown if switch.alternatives else [*shown, "any"])
    assert row[3] == switch.says


@pytest.mark.parametrize("switch", TABLE, ids=lambda switch: switch.name)
def test_every_switch_is_turned_in_a_test(switch: Switch) -> None:
    turned = [path.stem for path in [*ROOT.glob("tests/**/*.py")] if _turns(path, switch.name)]
    assert turned


def _turns(path: Path, name: str) -> bool:
    text = path.read_text(encoding="utf-8")
    return path != Path(__file__) and bool(re.search(rf"\b{name}\b\"?\s*[=:]|\"{name}\"", text))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,}" if isinstance(value, int) else str(value)
