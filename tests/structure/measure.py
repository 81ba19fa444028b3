"""`python -m tests.structure.measure`: how large the project's thoughts are, as the table of docs/architecture.md.

Run it in a checkout of an earlier commit, with this checkout on PYTHONPATH, and it measures that one.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# What is measured: a name for the row, and the folders that it stands for.
ROWS = {
    "portal": ("portal",),
    "accounts": ("accounts",),
    "demo": ("demo",),
    "bench": ("bench",),
    "tests": ("tests",),
    "simulator": ("simulator/m365_simulator", "simulator"),
    "simulator's tests": ("simulator/tests", "tests/simulator"),
}
SMALL = 20  # lines
COLUMNS = (
    *("files", "lines", "file: median", "90 %", "largest", f"≤ {SMALL} lines"),
    *("function: median", "90 %", "largest"),
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Measured:
    files: tuple[int, ...]  # lines of each file that is not empty
    functions: tuple[int, ...]  # lines of each function and method

    def as_cells(self) -> list[str]:
        small = sum(1 for lines in self.files if lines <= SMALL)
        whole = [len(self.files), sum(self.files), *spread(self.files), small, *spread(self.functions)]
        return [f"{number:,}" for number in whole]


def spread(numbers: Sequence[int]) -> tuple[int, int, int]:
    """Median, the size that nine of ten do not exceed, largest."""
    ordered = sorted(numbers) or [0]
    return round(statistics.median(ordered)), ordered[int(0.9 * (len(ordered) - 1))], ordered[-1]


def measure(folder: Path) -> Measured:
    """Python only; without migrations, which Django writes, and without empty files."""
    texts = {path: path.read_text(encoding="utf-8") for path in find_files(folder)}
    files = tuple(len(text.splitlines()) for text in texts.values() if text.strip())
    functions = tuple(lines for text in texts.values() for lines in function_lengths(text))
    return Measured(files, functions)


def find_files(folder: Path) -> Iterator[Path]:
    hidden = ("migrations", "node_modules", "__pycache__")
    return (path for path in sorted(folder.rglob("*.py")) if not set(hidden) & set(path.parts))


def function_lengths(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def write_table() -> Iterator[str]:
    yield f"| | {' | '.join(COLUMNS)} |"
    yield f"|---|{'--:|' * len(COLUMNS)}"
    for name, folders in ROWS.items():
        folder = next((Path(one) for one in folders if Path(one).is_dir()), None)
        if folder:
            yield f"| {name} | {' | '.join(measure(folder).as_cells())} |"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in write_table()))
