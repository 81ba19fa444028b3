"""docs/security.md answers every requirement, once, and with what exists."""

from __future__ import annotations

import re

import pytest

from tests.simulated import ROOT

DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# How many requirements of level 1 or 2 each section of OWASP ASVS 5.0.0 has; they are the first ones of the section.
SECTIONS = {
    "2": (3, 3, 4, 1),
    "3": (0, 2, 4, 6, 5, 0, 2),
    "4": (3, 1, 2, 4),
    "6": (3, 12, 4, 4, 5, 3, 0, 4),
    "7": (3, 4, 2, 5, 2, 2),
    "8": (2, 3, 1, 1),
    "9": (3, 4),
    "10": (2, 2, 4, 11, 5, 2, 3),
}
ANSWERS = {"yes", "partly", "no", "Entra", "–"}
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$", re.M)
PATH = re.compile(r"`((?:tests|accounts|portal|static|templates|docs)/[\w./-]+)(?:::(\w+))?`")


def wanted() -> list[str]:
    return [
        f"{chapter}.{section}.{number}"
        for chapter, counts in SECTIONS.items()
        for section, count in enumerate(counts, start=1)
        for number in range(1, count + 1)
    ]


def test_every_requirement_of_level_two_has_one_answer() -> None:
    assert [number for number, *_ in ROW.findall(DOCUMENT)] == wanted()


def test_every_answer_is_one_of_five_and_says_why() -> None:
    for number, _, answer, why in ROW.findall(DOCUMENT):
        assert answer.strip() in ANSWERS, number
        assert why.strip() or answer.strip() == "Entra", number


@pytest.mark.parametrize(("path", "test"), sorted(set(PATH.findall(DOCUMENT))))
def test_what_it_names_exists(path: str, test: str) -> None:
    there = ROOT / path
    assert there.exists(), path
    assert not test or f"def {test}(" in there.read_text(encoding="utf-8"), test
