"""What a process that serves the site has loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

MODULES = ("markdown_it", "yaml", "segno", "portal.guides.read_guide")


@pytest.mark.parametrize("module", MODULES)
def test_a_process_that_serves_has_not_loaded_what_makes_guides(module: str) -> None:
    code = f"import sys, portal.wsgi; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
