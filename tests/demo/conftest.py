"""A copy of the project, so that no test touches what is built in the project itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.simulated import ROOT

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".contract", ".wheel", ".security", "var", ".*_cache", "__pycache__", "node_modules"
)


@pytest.fixture(scope="package")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As it stands here, with the same virtual environment."""
    folder = tmp_path_factory.mktemp("checkout") / "madoguchi"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder
