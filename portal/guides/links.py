"""What a finished page points to, and what can be pointed to on it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Link:
    """`to_other_language` is the language switch and its like: they may leave the page's language."""

    href: str
    to_other_language: bool


class PageMap(HTMLParser):
    """The links and ids of a page, in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a" and named.get("href"):
            self.links.append(Link(str(named["href"]), "hreflang" in named))
