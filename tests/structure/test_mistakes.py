"""What a newcomer puts in the wrong place, `make check` names, with a sentence that says where it belongs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulated import ROOT

COPIED = ("accounts", "bench", "demo", "locale", "portal", "templates", "tests", "manage.py", "pyproject.toml")
LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
NAMES = [sys.executable, "-m", "tests.structure.class_names", "portal", "accounts", "demo", "bench"]
MESSAGES = [sys.executable, "manage.py", "messages", "--check"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy to make mistakes in."""
    hidden = shutil.ignore_patterns("__pycache__", ".*", "node_modules", "*.mo", "vendor")
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target, ignore=hidden) if source.is_dir() else shutil.copyfile(source, target)
    return tmp_path


def check(checkout: Path, command: list[str]) -> tuple[int, str]:
    """The status of one line of `make check`, and what it prints, as one line."""
    environment = os.environ | {"PYTHONPATH": str(checkout), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, encoding="utf-8")
    return done.returncode, " ".join(f"{done.stdout} {done.stderr}".split())


def append(checkout: Path, name: str, text: str) -> None:
    file = checkout / name
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_without_a_mistake_nothing_is_named(checkout: Path) -> None:
    for command in (LINT, NAMES, MESSAGES):
        assert check(checkout, command)[0] == 0, check(checkout, command)


def test_a_circle_is_named(checkout: Path) -> None:
    inside = "\n\ndef later() -> None:\n    from portal.mailbox import forwarding\n"
    append(checkout, "portal/mailbox/folders.py", inside)
    append(checkout, "portal/mailbox/forwarding.py", "\n\nfrom portal.mailbox import folders\n")
    status, printed = check(checkout, LINT)
    assert status == 1
    assert "No cycles are allowed in portal.mailbox" in printed
    assert "Move what both need into a file or room below the two" in printed


def test_a_feature_that_imports_the_accounts_is_named(checkout: Path) -> None:
    append(checkout, "portal/quota/views.py", "\n\nfrom accounts.models import User\n")
    status, printed = check(checkout, LINT)
    assert status == 1
    assert "features reach the accounts through portal/connect.py alone BROKEN" in printed
    assert "portal.quota.views -> accounts.models" in printed


def test_a_feature_that_imports_another_is_named(checkout: Path) -> None:
    append(checkout, "portal/quota/views.py", "\n\nfrom portal.rules import views\n")
    status, printed = check(checkout, LINT)
    assert status == 1
    assert "features are independent of each other BROKEN" in printed


def test_a_class_name_that_is_there_is_named_with_its_place(checkout: Path) -> None:
    append(checkout, "portal/quota/views.py", "\n\nclass Graph:\n    pass\n")
    status, printed = check(checkout, NAMES)
    assert status == 1
    assert "there is a class Graph already, in portal/graph/client.py:" in printed
    assert "name this one for what it is in its own room" in printed


def test_a_sentence_without_its_japanese_is_named(checkout: Path) -> None:
    append(checkout, "templates/base.html", '{% translate "Words that nobody has translated." %}\n')
    status, printed = check(checkout, MESSAGES)
    assert status == 1
    assert "Words that nobody has translated." in printed
    assert "make messages" in printed
