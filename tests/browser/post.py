"""Mail that arrives in a test: real message/rfc822 files."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "mail"


def assignment() -> bytes:
    """From a lecturer, with 課題 in a subject of two encoded words in ISO-2022-JP, which cut it in the middle."""
    return (FOLDER / "assignment.eml").read_bytes()
