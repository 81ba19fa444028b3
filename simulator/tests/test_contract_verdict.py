"""Nothing that a client program says, or leaves unsaid, makes `python -m contract` pass by mistake."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.clients import PROGRAMS, Program
from contract.verdict import Ended, Row, verdict

PROGRAM = Program("some-client", ("python",), ("me", "rule list"))
BOTH = ("me", "rule list")


def line(operation: str, **other: object) -> str:
    row = {"client": "some-client", "operation": operation, "passed": True, "detail": "seen"}
    return json.dumps(row | other) + "\n"


def failed(stdout: str, status: int | None = 0, stderr: str = "") -> list[tuple[str, str]]:
    rows = verdict(PROGRAM, Ended(stdout, stderr, status))
    return [(row.operation, row.detail) for row in rows if not row.passed]


def test_a_program_with_every_row_passes_in_the_order_of_the_table() -> None:
    told = line("rule list") + line("me")
    assert verdict(PROGRAM, Ended(told, "a warning", 0)) == [
        Row("some-client", operation, True, "seen") for operation in BOTH
    ]


def test_a_row_that_did_not_come_has_failed() -> None:
    assert failed(line("me")) == [("rule list", "no row came")]


def test_a_program_that_says_nothing_has_failed_everywhere() -> None:
    assert [operation for operation, _ in failed("")] == list(BOTH)


def test_a_row_says_for_itself_that_it_failed() -> None:
    assert failed(line("me", passed=False, detail="403") + line("rule list")) == [("me", "403")]


def test_a_program_that_breaks_off_after_its_rows_has_failed() -> None:
    told = "".join(map(line, BOTH))
    assert failed(told, 3, "Trace\nError: it broke\n") == [("(program)", "ended with 3: Error: it broke")]


@pytest.mark.parametrize(
    ("stderr", "shown"),
    [
        ("file.mjs:3\n  code\nTypeError: it broke\n    at main\n\nNode.js v24\n", ": TypeError: it broke"),
        ("Killed\n", ": Killed"),
        ("", ""),
    ],
)
def test_the_line_that_names_the_error_is_shown(stderr: str, shown: str) -> None:
    assert failed("".join(map(line, BOTH)), 1, stderr) == [("(program)", f"ended with 1{shown}")]


def test_a_program_that_took_too_long_has_failed() -> None:
    assert failed("".join(map(line, BOTH)), None) == [("(program)", "took too long")]


@pytest.mark.parametrize(
    "wrong",
    [
        line("me", client="another-client"),
        line("me", passed="yes"),
        line("me", passed=1),
        line("me", detail=None),
        '{"client": "some-client"}\n',
        "[1]\n",
        "null\n",
        "a library says hello\n",
    ],
)
def test_what_is_no_row_of_this_client_is_reported(wrong: str) -> None:
    assert failed("".join(map(line, BOTH)) + wrong) == [("(output)", wrong.strip())]


def test_a_row_for_an_unknown_operation_is_reported() -> None:
    assert failed("".join(map(line, (*BOTH, "sing")))) == [("sing", "is not in the table of operations")]


def test_a_row_that_failed_is_not_outdone_by_a_second_one_that_passed() -> None:
    told = line("me", passed=False) + line("me") + line("rule list")
    assert ("me", "came 2 times") in failed(told)


@given(st.lists(st.sampled_from(BOTH), max_size=4), st.text(max_size=40), st.sampled_from([0, 1, -9, None]))
def test_only_each_row_once_and_a_good_end_pass(operations: list[str], noise: str, status: int | None) -> None:
    good = sorted(operations) == sorted(BOTH) and not noise.strip() and status == 0
    assert bool(failed("".join(map(line, operations)) + noise, status)) is not good


def test_no_client_is_in_the_table_twice_or_without_operations() -> None:
    clients = [program.client for program in PROGRAMS]
    assert len(set(clients)) == len(clients)
    assert all(len(set(program.operations)) == len(program.operations) > 0 for program in PROGRAMS)
