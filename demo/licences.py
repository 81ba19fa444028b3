"""`make licences`: the licence of everything that others wrote and this site runs with, as they declare it themselves.

What lies in the repository for its tests is listed too, and says so.

Python's packages are those of requirements.txt that are installed here; what lies in the repository has its licence's
text beside it, in a file that ends with LICENSE.txt.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from demo.pip import find_pins
from demo.stamps import ROOT

PREFIX = "License :: OSI Approved :: "
VENDORED = {"static": "site", "tests/browser/vendor": "tests"}  # a folder, and what uses what lies there


class Licence(NamedTuple):
    name: str
    version: str
    used_by: str
    terms: str


def find_licences(requirements: str) -> Iterator[Licence]:
    """One for each package that the file pins and this environment holds."""
    for pin in find_pins(requirements):
        name = pin.partition("=")[0].partition("[")[0]
        try:
            found = distribution(name)
        except PackageNotFoundError:  # for another system than this one
            continue
        yield Licence(name, found.version, "site", read_terms(found))


def read_terms(package: Distribution) -> str:
    """What the package declares: an SPDX expression, else its classifiers, else its first line of text.

    https://packaging.python.org/specifications/core-metadata/#license-expression
    """
    declared = package.metadata.json
    classifiers = [each.removeprefix(PREFIX) for each in declared.get("classifier", ()) if each.startswith(PREFIX)]
    first_line = str(declared.get("license", "")).strip().partition("\n")[0]
    return str(declared.get("license_expression", "")) or ", ".join(classifiers) or first_line or "not declared"


def find_vendored() -> Iterator[Licence]:
    for folder, used_by in VENDORED.items():
        for file in sorted((ROOT / folder).rglob("*LICENSE.txt")):
            first_line = file.read_text(encoding="utf-8").strip().partition("\n")[0]
            yield Licence(str(file.relative_to(ROOT)), "", used_by, first_line)


if __name__ == "__main__":
    for one in [*find_licences("requirements.txt"), *find_vendored()]:
        sys.stdout.write(f"{one.name:<34} {one.version:<12} {one.used_by:<6} {one.terms}\n")
