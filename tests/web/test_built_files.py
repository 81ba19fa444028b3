"""Style sheets and scripts as `collectstatic` leaves them: whole, since a cold page may cost four requests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "portal.web.built_files.BundledStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("css/site.css", "css/history.css"),
        ("js/page.js", "js/site.js"),
        ("js/page.js", "vendor/htmx.min.js"),
        ("js/guide.js", "js/site.js"),
    ],
)
def test_a_file_that_pages_name_holds_its_parts_and_imports_none(collected: Path, whole: str, part: str) -> None:
    names = json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    text = (collected / names[whole]).read_text(encoding="utf-8")
    assert Path(finders.find(part)).read_text(encoding="utf-8") in text
    assert 'import "' not in text
    assert "@import" not in text
