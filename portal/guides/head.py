"""The front matter of a content file."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import yaml

from portal.guides.facts import Facts, UnknownFactError
from portal.guides.guide import SYSTEMS, GuideError, Head

_FENCE = "---\n"
_WORDS = ("title", "lead", "description", "checked_with")


def split(path: Path, text: str) -> tuple[str, str, int]:
    """(front matter, Markdown, lines before the Markdown). Raises GuideError."""
    if not text.startswith(_FENCE) or "\n---\n" not in text:
        raise GuideError(path, 1, "the file must begin with a head between two lines of ---.")
    front, body = text[len(_FENCE) :].split("\n---\n", 1)
    return front, body, front.count("\n") + 3


def read(path: Path, front: str, facts: Facts) -> Head:
    """Raises GuideError."""
    try:
        table = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise GuideError(path, 1, f"the head is not valid YAML: {error}.") from error
    names = {field.name for field in fields(Head)}
    if not isinstance(table, dict) or not set(table) <= names:
        raise GuideError(path, 1, f"the head may only say {', '.join(sorted(names))}.")
    try:
        return _checked(path, Head(**table), facts)
    except TypeError as error:
        raise GuideError(path, 1, "the head must say title, lead, description and checked.") from error


def _checked(path: Path, head: Head, facts: Facts) -> Head:
    if type(head.checked) is not datetime.date:
        raise GuideError(path, 1, "checked must be a day like 2026-11-24.")
    systems = tuple(head.systems)
    for name in systems:
        if name not in SYSTEMS:
            raise GuideError(path, 1, f"{name} is not a known system.")
    try:
        words: dict[str, Any] = {name: facts.fill(str(getattr(head, name))) for name in _WORDS}
    except UnknownFactError as error:
        raise GuideError(path, 1, f"{{{{ {error} }}}} is not a fact of the service file.") from error
    return replace(head, systems=systems, **words)
