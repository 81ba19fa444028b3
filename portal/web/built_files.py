"""Static files: style sheets joined into one, scripts likewise, named by their contents, compressed ahead of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# What pages name; each imports its parts, and a page may not cost a request for each of them.
WHOLES = ("css/site.css", "js/page.js", "js/guide.js")
IMPORTS = {
    ".css": re.compile(r'@import url\("(?P<name>[a-z-]+\.css)"\)(?: layer\((?P<layer>[a-z]+)\))?;'),
    ".js": re.compile(r'import "(?P<name>[a-z./-]+\.js)";'),
}


def join_parts(file: Path) -> str:
    """A style sheet or script with each import of a neighbour replaced by what it names."""

    def part(match: re.Match[str]) -> str:
        there = join_parts(file.parent / match["name"])
        if file.suffix == ".js":
            return f"{{\n{there}}}\n"  # names stay within their part
        return f"@layer {match['layer']} {{\n{there}}}" if match["layer"] else there

    return IMPORTS[file.suffix].sub(part, file.read_text(encoding="utf-8"))


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """WhiteNoise's storage; a page costs one request for its style and one for its script."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in () if dry_run else WHOLES:
            whole = Path(self.path(name))
            whole.write_text(join_parts(whole), encoding="utf-8")
            # Else the hashed file would be made of the source again, not of what was just written.
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
