"""The style sheets as `collectstatic` leaves them: one file, since a cold page may cost four requests."""

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
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "portal.static.BundledStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_the_sheet_that_pages_name_asks_for_no_other(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    sheet = (collected / names["css/site.css"]).read_text(encoding="utf-8")
    assert "@import" not in sheet
    assert Path(finders.find("css/history.css")).read_text(encoding="utf-8") in sheet
