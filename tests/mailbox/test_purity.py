"""The domain imports the standard library and itself, nothing else."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

FILES = sorted((Path(__file__).parents[2] / "portal" / "mailbox").glob("*.py"))


def imported(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_mailbox_needs_nothing_but_the_standard_library() -> None:
    names = {name for file in FILES for name in imported(file) if not name.startswith("portal.mailbox")}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert FILES
