"""Guides made for one test, from Markdown."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from portal.guides.guide import Guide, Part
from portal.guides.permanent_ids import PermanentIds
from portal.guides.read_guide import read_guide

HEAD = """---
title: A guide
lead: What it is for.
description: What it is for.
checked: 2026-11-24
---
"""


def make_guide(folder: Path, markdown: str, *, language: str = "en", head: str = HEAD, **moved: str) -> Guide:
    """The guide with this text; `moved` as in permanent_ids.toml, with _ for -."""
    path = folder / f"made.{language}.md"
    path.write_text(head + markdown, encoding="utf-8")
    former = {old.replace("_", "-"): new for old, new in moved.items()}
    return read_guide(path, settings.SERVICE, PermanentIds(moved=former))


def first_part(guide: Guide) -> Part:
    """What stands first under the first heading."""
    return guide.sections[0].parts[0]
