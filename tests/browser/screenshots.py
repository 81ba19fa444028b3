"""`make screenshots`: the README's pictures, taken from the demo."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.visitor import Visitor
from tests.demo_site import running_demo

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = {
    "home": ("full.mailbox", "", "light"),
    "quota": ("full.mailbox", "quota/", "light"),
    "rules": ("rule.collector", "rules/", "light"),
    "guide": (None, "guides/thunderbird/", "dark"),
}
WIDTH, HEIGHT = 1120, 1120


def main() -> int:
    path = chromium.find()
    if not path:
        print(chromium.ADVICE, file=sys.stderr)
        return 1
    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, running_demo(Path(temporary)) as demo, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path)
        for name, (person, address, theme) in PICTURES.items():
            settings = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "color_scheme": theme}
            context = browser.new_context(**settings, viewport={"width": WIDTH, "height": HEIGHT})  # type: ignore[arg-type]
            visitor = Visitor(demo, context, "ja", script=True)
            if person:
                visitor.sign_in(person)
            visitor.open(address)
            visitor.page.wait_for_load_state("networkidle")
            visitor.page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
