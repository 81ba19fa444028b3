"""axe-core on the page as it stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = {
    "all": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "color": ["cat.color"],
}


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page, about: str = "all") -> list[str]:
    """One line for each thing that axe finds. It goes in past the page's content security policy, which stays on."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false})"
        ".then(result => result.violations)",
        TAGS[about],
    )
    return [f"{it['id']}: {node['html'][:200]} {node['failureSummary']}" for it in found for node in it["nodes"]]
