"""`python -m tests.packages`: the programs that the tests need are there, or are installed, or are named."""

from __future__ import annotations

from collections.abc import Iterator

from demo import packages
from tests.browser import chromium
from tests.sequences import postgresql


def find_missing() -> Iterator[str]:
    yield from chromium.find_missing()
    yield from postgresql.find_missing()


if __name__ == "__main__":
    packages.require(find_missing)
