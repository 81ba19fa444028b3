"""Guide pages as files."""

from __future__ import annotations

from pathlib import Path

from whitenoise.compress import Compressor

from portal.guides import library, page


def render_guides(folder: Path) -> list[Path]:
    """Write every guide in every language under `folder`, with its compressed forms. Raises GuideError."""
    pages = [(slug, language) for language in library.LANGUAGES for slug in (library.INDEX, *library.list_slugs())]
    written = [path for slug, language in pages if (path := _write_page(folder, slug, language))]
    for language in library.LANGUAGES:
        _remove_old_pages(folder / page.make_address(library.INDEX, language).strip("/"), written)
    return written


def _write_page(folder: Path, slug: str, language: str) -> Path | None:
    """The page's file; an unchanged one is left alone, so that its time, and with it its ETag, stays."""
    path = folder / page.make_address(slug, language).strip("/") / "index.html"
    text = page.render_page(slug, language)
    if text is None:
        return None
    body = text.encode()
    if not path.is_file() or path.read_bytes() != body:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        Compressor(quiet=True).compress(str(path))
    return path


def _remove_old_pages(folder: Path, written: list[Path]) -> None:
    """Remove pages of guides that are no longer there."""
    for old in folder.glob("*/index.html*"):
        if old.with_name("index.html") not in written:
            old.unlink()
