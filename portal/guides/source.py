"""One content file while it is read: its parser, its facts, and where its words come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.facts import Facts, UnknownFactError
from portal.guides.guide import GuideError
from portal.guides.permanent_ids import PermanentIds

_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z0-9*][a-z0-9*-]*)\}$")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Source:
    """`before` counts the lines of the head; `system` is the tab."""

    path: Path
    before: int
    parser: MarkdownIt
    facts: Facts
    now: str
    permanent: PermanentIds
    system: str = ""

    def html(self, nodes: Sequence[Node]) -> str:
        tokens = [token for node in nodes for token in node.to_tokens()]
        try:
            return str(self.parser.renderer.render(tokens, self.parser.options, self._env())).strip()
        except UnknownFactError as error:
            raise self.unknown(nodes[0], error) from error

    def inline_html(self, node: Node, text: str) -> str:
        try:
            return str(self.parser.renderInline(text, self._env()))
        except UnknownFactError as error:
            raise self.unknown(node, error) from error

    def words(self, node: Node, text: str) -> str:
        """Plain text with its facts."""
        try:
            return self.facts.fill(text)
        except UnknownFactError as error:
            raise self.unknown(node, error) from error

    def heading(self, node: Node) -> tuple[str, str]:
        """(id, title) of a heading; the id is empty where none is written."""
        text = node.children[0].content
        match = _HEADING.match(text)
        if match is None:
            return "", self.words(node, text)
        return match["id"].replace("*", self.system), self.words(node, match["title"])

    def problem(self, node: Node, sentence: str) -> GuideError:
        first, _ = node.map or (0, 0)
        return GuideError(self.path, self.before + first + 1, sentence)

    def unknown(self, node: Node, error: UnknownFactError) -> GuideError:
        return self.problem(node, f"{{{{ {error} }}}} is not a fact of the service file.")

    def _env(self) -> dict[str, object]:
        return {"facts": self.facts, "system": self.system, "now": self.now}


def plain(html: str) -> str:
    """The text of a piece of HTML, without what holds now beside it."""
    return unescape(_TAG.sub("", html.split('<span class="now">')[0])).strip()
