"""The messages in the sources, read without gettext's programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

SOURCES = (("portal", "*.py"), ("accounts", "*.py"), ("templates", "*.html"), ("templates", "*.txt"))
TRANSLATORS = ["Translators:"]

# What marks a message in Python, and which argument is what (`c` is the context).
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract(root: Path) -> Catalog:
    """Every message in the sources below `root`, with the files that use it."""
    found = Catalog(project="madoguchi", charset="utf-8")
    for folder, pattern in SOURCES:
        for path in sorted((root / folder).rglob(pattern)):
            for name, arguments, comments in calls(path):
                add(found, path.relative_to(root).as_posix(), name, arguments, comments)
    return found


def calls(path: Path) -> Iterator[tuple[str, Any, list[str]]]:
    """Each call that marks a message: the function's name, its arguments, the comments for translators."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = as_python(text, path.name)
    found: Any = extract_python(io.BytesIO(text.encode()), KEYWORDS, TRANSLATORS, {})
    for _, name, arguments, comments in found:
        yield name, arguments, comments


def as_python(template: str, origin: str) -> str:
    """Django turns all but the messages into filler; without its indentation that can be read as Python."""
    return "\n".join(line.strip() for line in templatize(template, origin=origin).splitlines())


def add(found: Catalog, path: str, name: str, arguments: Any, comments: list[str]) -> None:
    """Enter one call; one whose message is not a plain string is left out, as gettext does."""
    given = arguments if isinstance(arguments, tuple) else (arguments,)
    context = given[0] if "pgettext" in name else None
    texts = given[1:] if "pgettext" in name else given
    plural = name.removesuffix("_lazy") in ("ngettext", "npgettext")
    message = texts[:2] if plural else texts[0]
    if message and all(texts[: 2 if plural else 1]):
        found.add(message, context=context, locations=[(path, 0)], auto_comments=comments)
