"""Nothing is made twice: what was made carries the digest of what it was made from. Standard library only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def digest(patterns: Iterable[str], *words: str, root: Path = ROOT) -> str:
    """One digest over `words` and over the names and contents of the files below `root` that the patterns find."""
    total = hashlib.sha256(repr(words).encode())
    files = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    for path in sorted(files):
        total.update(hashlib.sha256(path.relative_to(root).as_posix().encode()).digest())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def of_file(path: str, *, root: Path = ROOT) -> str:
    """The digest of one file's contents; empty where there is no such file."""
    try:
        return hashlib.sha256((root / path).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def holds(stamp: Path, value: str) -> bool:
    """Whether the stamp says that what is there was made from this."""
    try:
        return stamp.read_text(encoding="ascii") == value
    except (OSError, UnicodeDecodeError):
        return False


def put(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="ascii")
