"""No rule without a planted fault, and no exception without its reason.

`make check` runs the rules on the planted faults (`semgrep --test`) and then on the code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.simulated import ROOT

RULES = Path(__file__).parent / "rules"
MARK = re.compile(r"(?:#|<!--) (ruleid|ok): ([a-z-]+)")
# An exception for bandit, semgrep or ruff, and what names the rule that it is from.
EXCEPTION = re.compile(r"# (?:nosec|nosemgrep:|noqa:) ?(?:(?:[A-Z]+\d+|[a-z]+(?:-[a-z]+)+)(?:, ?)?)+")
ANY_EXCEPTION = re.compile(r"# ?(?:nosec|nosem|noqa:? S|noqa$)")
SOURCES = [
    path
    for folder in ("portal", "accounts", "demo", "simulator/m365_simulator")
    for path in (ROOT / folder).rglob("*.py")
]


def rules() -> list[tuple[str, Path]]:
    files = sorted(RULES.glob("*.yml"))
    return [(rule["id"], path) for path in files for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]]


def marks(rule_file: Path) -> dict[str, set[str]]:
    """For each rule, which of `ruleid` and `ok` stand in the files beside it."""
    found = defaultdict(set)
    for beside in rule_file.parent.glob(f"{rule_file.stem}.*"):
        if beside != rule_file:
            for kind, rule in MARK.findall(beside.read_text(encoding="utf-8")):
                found[rule].add(kind)
    return found


@pytest.mark.parametrize(("rule", "path"), rules(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_rule_has_a_planted_fault_and_something_it_lets_pass(rule: str, path: Path) -> None:
    assert marks(path)[rule] == {"ruleid", "ok"}


def exceptions() -> Iterator[tuple[str, str, str]]:
    """(where, line, the line above) of every line with an exception."""
    for path in SOURCES:
        above = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if ANY_EXCEPTION.search(line):
                yield f"{path.relative_to(ROOT)}:{number}", line, above
            above = line.strip()


def test_every_exception_names_its_rule() -> None:
    for where, line, _ in exceptions():
        assert not ANY_EXCEPTION.search(EXCEPTION.sub("", line)), where


def test_every_exception_says_why() -> None:
    """In words beside it, or in a comment above it."""
    for where, line, above in exceptions():
        beside = EXCEPTION.sub("#", line).partition("#")[2].strip(" #()")
        assert beside or above.startswith("#"), where


def test_the_code_was_looked_at() -> None:
    assert len(SOURCES) > 200
    assert len(list(exceptions())) > 10
