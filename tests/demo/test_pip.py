"""The first installation says how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.pip import install

PRINTED = """#!/bin/sh
for number in 1 2 3 4 5 6 7; do echo "Collecting package-$number==1"; done
echo "Ignoring package-8: markers 'sys_platform == \"win32\"' don't match your environment"
for number in 9 10 10 10; do echo "Requirement already satisfied: package-$number==1 in /somewhere"; done
echo "Installing collected packages: package-1"
"""


def test_no_package_is_counted_twice_and_only_the_fetched_ones_are_unpacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pins, python = tmp_path / "requirements.txt", tmp_path / "python"
    pins.write_text("".join(f"package-{number}==1\n" for number in range(1, 11)), encoding="ascii")
    python.write_text(PRINTED, encoding="ascii")
    python.chmod(0o755)
    assert install(str(python), [str(pins)])
    assert capsys.readouterr().out.splitlines() == ["  10 of 10 packages", "  unpacking 7 packages"]
