"""The messages in the sources, read by Babel without gettext's programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from django.utils.translation.template import templatize

FOLDERS = ("portal", "accounts", "templates")
METHODS = [
    ("**.py", "python"),
    ("**.html", "portal.management.extraction:extract_template"),
    ("**.txt", "portal.management.extraction:extract_template"),
]
TRANSLATORS = ["Translators:"]
# What marks a message in Python: Babel's own, and Django's that wait.
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "gettext_noop": None}


def extract(root: Path) -> Catalog:
    """Every message in the sources below `root`, with the files that use it."""
    found = Catalog(project="madoguchi", charset="utf-8")
    for folder in FOLDERS:
        for path, _, message, comments, context in extract_from_dir(
            root / folder, METHODS, keywords=KEYWORDS, comment_tags=TRANSLATORS
        ):
            found.add(message, context=context, locations=[(f"{folder}/{path}", 0)], auto_comments=comments)
    return found


def extract_template(file: BinaryIO, keywords: Any, tags: Any, options: Any) -> Iterator[Any]:
    """A method of Babel's. Django turns all but the messages into filler; without its indentation that is Python."""
    filler = templatize(file.read().decode("utf-8"))
    lines = "\n".join(line.strip() for line in filler.splitlines())
    return extract_python(io.BytesIO(lines.encode()), keywords, tags, options)
