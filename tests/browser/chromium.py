"""Finds Chromium, or installs it where that is possible. `python -m tests.browser.chromium` prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

NAMES = ("chromium", "google-chrome", "chromium-browser")
# Playwright steers the browser by a program that needs libatomic, which a bare Debian lacks.
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")
ADVICE = "No Chromium was found: install chromium and fonts-noto-cjk, or name a Chromium or Chrome with CHROME=."
DRIVER_ADVICE = "Playwright's driver does not start: install libatomic1."


def find() -> str | None:
    """The path of the program that CHROME names, else of the first of `NAMES` on the PATH."""
    named = os.environ.get("CHROME", "").strip()
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """On Debian and Ubuntu, as root or with a sudo that asks no password; what apt says goes to stderr."""
    prefix = become_root()
    if prefix is None or shutil.which("apt-get") is None:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES)):
        subprocess.run([*prefix, "apt-get", *command], env=environment, stdout=sys.stderr, check=False)


def become_root() -> list[str] | None:
    """What to put before a command to run it as root; None when that is not possible without a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def has_japanese_font() -> bool:
    if shutil.which("fc-list") is None:
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    return bool(subprocess.run(["fc-list", ":lang=ja"], capture_output=True).stdout.strip())


def driver_starts() -> bool:
    return subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True).returncode == 0


def main() -> None:
    has_browser = "CHROME" in os.environ or (find() is not None and has_japanese_font())
    if not (has_browser and driver_starts()):
        install()
    found = find()
    if found is None:
        sys.exit(ADVICE)
    if not driver_starts():
        sys.exit(DRIVER_ADVICE)
    print(found)


if __name__ == "__main__":
    main()
