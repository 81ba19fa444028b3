"""pip with hash-pinned files, saying how far it is: on a slow line the first installation takes minutes.

Standard library only, and readable to an old Python, as demo/prepare.py is.
"""

from __future__ import annotations

import re
import subprocess  # nosec B404  # lists of words, never a shell
import sys

from demo.stamps import ROOT

PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==", re.MULTILINE)
# How a line of pip's begins about a package that it will unpack, and about one that it will not: there already, or not
# for this machine. Of the latter there may be several lines about one package.
UNPACKED = ("Collecting ", "Processing ")
LEFT_ALONE = ("Requirement already satisfied: ", "Ignoring ")
STEP = 10  # packages between two lines where nobody watches a terminal


def install(python: str, requirements: list[str]) -> bool:
    """Put the packages of these files into the environment of `python`; whether that worked."""
    count = len({pin for name in requirements for pin in find_pins(name)})
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    files = [word for name in requirements for word in ("-r", name)]
    seen = collected = 0
    with subprocess.Popen(  # nosec B603  # files of ours
        [*command, "--require-hashes", *files], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            if line.lstrip().startswith(UNPACKED + LEFT_ALONE):
                collected += line.lstrip().startswith(UNPACKED)
                if seen < count:
                    seen += 1
                    report(f"{seen} of {count} packages", seen % STEP == 0)
            elif line.startswith("Installing collected packages"):
                report(f"unpacking {collected} packages", True)
    if sys.stdout.isatty():
        print(flush=True)
    return process.returncode == 0


def find_pins(requirements: str) -> list[str]:
    text = (ROOT / requirements).read_text(encoding="utf-8")
    return [pin[0] for pin in PIN.finditer(text)]


def report(words: str, is_step: bool) -> None:
    """One line that is written over on a terminal, else a line at each step."""
    if sys.stdout.isatty():
        print(f"\r  {words:<60}", end="", flush=True)
    elif is_step:
        print(f"  {words}", flush=True)
