"""Guide pages as files: the same bytes as the live page, ready to be served by WhiteNoise."""

import gzip
import os
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from portal.web.built_files import join_parts

COLD = 45 * 1024  # bytes, compressed


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rendered once for all tests: compressing takes seconds."""
    folder = tmp_path_factory.getbasetemp() / "guides"
    if not folder.is_dir():
        call_command("render_guides", "--to", str(folder))
    return folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("index.html"))


def address(folder: Path, path: Path) -> str:
    return f"/{path.parent.relative_to(folder).as_posix()}/"


def test_every_file_is_the_live_page(folder: Path, client: Client, db: object) -> None:
    assert len(pages(folder)) == 24
    for path in pages(folder):
        assert client.get(address(folder, path)).content == path.read_bytes(), path


def test_the_compressed_forms_are_the_page(folder: Path) -> None:
    for path in pages(folder):
        body = path.read_bytes()
        assert gzip.decompress(path.with_name("index.html.gz").read_bytes()) == body
        assert brotli.decompress(path.with_name("index.html.br").read_bytes()) == body


def test_a_guide_costs_at_most_45_kb_with_all_it_needs(folder: Path) -> None:
    parts = [join_parts(Path(str(finders.find(name)))) for name in ("css/site.css", "js/guide.js")]
    around = sum(len(gzip.compress(part.encode())) for part in parts)
    for path in pages(folder):
        assert around + path.with_name("index.html.gz").stat().st_size <= COLD, path


def test_rendering_again_leaves_unchanged_pages_alone(folder: Path) -> None:
    page = folder / "ja" / "guides" / "servers" / "index.html"
    os.utime(page, (1, 1))
    call_command("render_guides", "--to", str(folder))
    assert page.stat().st_mtime == 1


def test_rendering_removes_guides_that_are_gone(folder: Path) -> None:
    old = folder / "ja" / "guides" / "gone" / "index.html"
    old.parent.mkdir()
    old.write_text("old")
    call_command("render_guides", "--to", str(folder))
    assert not old.exists()
