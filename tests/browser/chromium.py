"""Finds Chromium, and what its tests need beside it. `python -m tests.browser.chromium` prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

NAMES = ("chromium", "google-chrome", "chromium-browser")
# Playwright steers the browser by a program that needs libatomic, which a bare Debian lacks.
DRIVER_NEEDS = "libatomic1"
FONT = "fonts-noto-cjk"
ADVICE = f"No Chromium was found: install chromium and {FONT}, or name a Chromium or Chrome with CHROME=."


def find() -> str | None:
    """The path of the program that CHROME names, else of the first of `NAMES` on the PATH."""
    named = os.environ.get("CHROME", "").strip()
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_missing() -> Iterator[str]:
    """The packages of Debian that the tests in a browser lack; a browser that CHROME names brings its own fonts."""
    if "CHROME" not in os.environ:
        yield from [NAMES[0]] if find() is None else []
        yield from [] if has_japanese_font() else [FONT]
    if not driver_starts():
        yield DRIVER_NEEDS


def has_japanese_font() -> bool:
    if shutil.which("fc-list") is None:
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    return bool(subprocess.run(["fc-list", ":lang=ja"], capture_output=True).stdout.strip())


def driver_starts() -> bool:
    return subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True).returncode == 0


def main() -> None:
    found = find()
    if found is None:
        sys.exit(ADVICE)
    print(found)


if __name__ == "__main__":
    main()
