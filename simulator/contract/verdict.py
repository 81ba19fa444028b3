"""Whether a client did all it had to: its rows against the table of operations.

Nothing a program prints, or leaves unsaid, can make a run pass by mistake: a row that did not come,
came twice, or belongs to no known operation counts as failed, and so does a program that broke off.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from contract.clients import Program


@dataclass(frozen=True)
class Row:
    client: str
    operation: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class Ended:
    """What a program printed, and how it ended: its exit status, None when it took too long."""

    stdout: str
    stderr: str
    status: int | None


def verdict(program: Program, ended: Ended) -> list[Row]:
    """A row for every operation in the order of the table, then one for everything that is not right."""
    told, unread = rows_of(program, ended.stdout)
    by_operation = {row.operation: row for row in told}
    rows = [by_operation.get(name) or missing(program, name) for name in program.operations]
    return [*rows, *wrongs(program, told, unread, ended)]


def rows_of(program: Program, stdout: str) -> tuple[list[Row], list[str]]:
    """The rows, and the lines that are none."""
    rows, unread = [], []
    for line in stdout.splitlines():
        row = row_of(program, line)
        if row:
            rows.append(row)
        elif line.strip():
            unread.append(line)
    return rows, unread


def row_of(program: Program, line: str) -> Row | None:
    """None for a line that is not a row of this client."""
    try:
        told = json.loads(line)
        row = Row(told["client"], told["operation"], told["passed"], told["detail"])
    except (ValueError, LookupError, TypeError):
        return None
    types = (str, str, bool, str)
    fits = all(isinstance(value, kind) for value, kind in zip(vars(row).values(), types, strict=True))
    return row if fits and row.client == program.client else None


def missing(program: Program, operation: str) -> Row:
    return Row(program.client, operation, False, "no row came")


def wrongs(program: Program, told: list[Row], unread: list[str], ended: Ended) -> Iterator[Row]:
    for operation, times in Counter(row.operation for row in told).items():
        if operation not in program.operations:
            yield Row(program.client, operation, False, "is not in the table of operations")
        elif times > 1:
            yield Row(program.client, operation, False, f"came {times} times")
    for line in unread:
        yield Row(program.client, "(output)", False, line)
    if ended.status != 0:
        how = "took too long" if ended.status is None else f"ended with {ended.status}"
        yield Row(program.client, "(program)", False, f"{how}: {reason(ended.stderr)}".removesuffix(": "))


def reason(stderr: str) -> str:
    """The line that names the error, which Python prints last and Node.js in the middle; else the last one."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    naming = [line for line in lines if re.match(r"\w*(Error|Exception)\b", line)]
    return (naming or lines or [""])[-1]
