"""`python -m tests.structure.class_names portal accounts`: no two classes of these packages have the same name.

Somebody who searches for a class by its name finds one place. Each pair is a sentence, and each
folder without a .py file; the exit status is 1 then.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Names that Django looks for.
DJANGOS = {"Command", "Meta", "Migration", "Media", "DatabaseWrapper", "SessionStore"}


@dataclass(frozen=True)
class Place:
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def find_classes(folder: Path) -> Iterator[tuple[str, Place]]:
    """Every class below the folder, nested ones too, but for those that Django names."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in DJANGOS:
                yield node.name, Place(str(file), node.lineno)


def find_repeated(folders: list[Path]) -> list[str]:
    """A sentence for each class whose name was there before."""
    first: dict[str, Place] = {}
    sentences = []
    for folder in folders:
        for name, place in find_classes(folder):
            if name in first:
                sentences.append(
                    f"{place}: there is a class {name} already, in {first[name]}; name this one for what it is in its"
                    " own room, or use that one."
                )
            first.setdefault(name, place)
    return sentences


def find_missing(folders: list[Path]) -> list[str]:
    """A sentence for each folder where there is nothing to read, as for one whose name is misspelled."""
    return [f"{folder}: there is no .py file here." for folder in folders if not any(folder.rglob("*.py"))]


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    found = [*find_missing(given), *find_repeated(given)]
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    sys.exit(1 if found else 0)
