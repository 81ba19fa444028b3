"""Static files: the style sheets joined into one, named by their contents, compressed ahead of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<name>[a-z-]+\.css)"\)(?: layer\((?P<layer>[a-z]+)\))?;')


def joined(folder: Path, text: str) -> str:
    """A style sheet with each `@import` of a neighbour replaced by what it names."""

    def body(match: re.Match[str]) -> str:
        there = (folder / match["name"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{\n{there}}}" if match["layer"] else there

    return IMPORT.sub(body, text)


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """WhiteNoise's storage; a page costs one request for its style instead of one per file."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            sheet = Path(self.path(SHEET))
            sheet.write_text(joined(sheet.parent, sheet.read_text(encoding="utf-8")), encoding="utf-8")
            # Else the hashed file would be made of the source again, not of what was just written.
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run, **options)
