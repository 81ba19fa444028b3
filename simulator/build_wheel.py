"""`python build_wheel.py`: makes the wheel in dist/, installs it into an empty environment, and starts it from there.

The environments are made anew each time, in .wheel, from hash-pinned files.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from m365_simulator.testing import NotStarted, read_address

ROOT = Path(__file__).resolve().parent
PLACE = ROOT / ".wheel"
DIST = ROOT / "dist"
PATIENCE = 10  # seconds until it must answer
# Something of each kind that is no Python: a template, a static file, a table.
SIGN_IN = "/login/example.ac.jp/oauth2/v2.0/logout"
STYLE = "/static/entra.css"


def main() -> None:
    try:
        wheel = build()
        python = make_environment("empty", "requirements.txt")
        run(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
        people = try_out(python)
    except (Failed, NotStarted, OSError) as problem:
        sys.exit(f"{problem}")
    print(f"{wheel.relative_to(ROOT)}: installed, started, and ended; {people} people are in it.")


class Failed(Exception):
    """A command did not do what it should; it has said more on stderr."""


def build() -> Path:
    """Raises Failed."""
    shutil.rmtree(DIST, ignore_errors=True)
    python = make_environment("build", "build-requirements.txt")
    run(python, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", f"--wheel-dir={DIST}", str(ROOT))
    return next(DIST.glob("*.whl"))


def make_environment(name: str, requirements: str) -> Path:
    """Its Python. Raises Failed."""
    folder = PLACE / name
    run(Path(sys.executable), "-m", "venv", "--clear", str(folder))
    python = folder / "bin" / "python"
    run(
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements
    )
    return python


def run(python: Path, *words: str) -> None:
    if subprocess.run([python, *words], cwd=ROOT).returncode != 0:
        raise Failed(f"{python.name} {' '.join(words)} failed.")


def try_out(python: Path) -> int:
    """How many people are in it. Started where nothing of this folder can be imported.

    Raises Failed, NotStarted, OSError.
    """
    command = [str(python.with_name("m365-simulator")), "--port", "0", "--end-with-parent", "--people", "1"]
    with subprocess.Popen(command, cwd=PLACE, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = read_address(process.stdout)
            people = json.loads(read(f"{address}/control/people?all=true"))
            for path in (SIGN_IN, STYLE):
                read(f"{address}{path}")
        finally:
            process.terminate()
    if process.returncode != 0:
        raise Failed(f"It ended with {process.returncode}.")
    return len(people)


def read(address: str) -> bytes:
    """Raises OSError, also for any status but 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=PATIENCE) as answer:
        return bytes(answer.read())


if __name__ == "__main__":
    main()
