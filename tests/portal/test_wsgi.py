"""What a process that serves the site has loaded."""

from __future__ import annotations

import subprocess
import sys

MAKERS_OF_GUIDES = {"markdown_it", "yaml", "segno", "portal.guides.read_guide"}


def test_a_process_that_serves_has_not_loaded_what_makes_guides() -> None:
    code = f"import sys, portal.wsgi; print(*{MAKERS_OF_GUIDES} & sys.modules.keys())"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "\n"
