"""The Markdown of the guides: CommonMark with tables, our blocks, spans with attributes; raw HTML is shown as text."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from portal.guides.facts import PLACEHOLDER, Facts, UnknownFactError, filled, typeset
from portal.guides.guide import GuideError
from portal.guides.permanent_ids import PermanentIds

_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z0-9*][a-z0-9*-]*)\}$")
_TAG = re.compile(r"<[^>]+>")
BLOCKS = ("system", "steps", "note", "details", "fields", "server", "places", "table", "document-table")


class GuideRenderer(RendererHTML):
    """Markdown's own HTML, with facts in words, code and addresses. `env["facts"]` holds them."""

    def text(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return typeset(tokens[index].content, env["facts"])

    def code_inline(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f"<code>{filled(tokens[index].content, env['facts'])}</code>"

    def link_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        href = address(str(tokens[index].attrs["href"]), env["facts"])
        if href.startswith("#"):
            href = href.replace("*", env["system"])
        link = tokens[index].copy(attrs={**tokens[index].attrs, "href": href})
        return self.renderToken([link], 0, options, env)

    def span_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        if tokens[index].attrs.get("class") != "now":
            return self.renderToken(tokens, index, options, env)
        return f'<span class="now"><span class="now-word">{escape(env["now"])}</span> '


def address(href: str, facts: Facts) -> str:
    """A link's address with its fact; Markdown has percent-encoded the placeholder's braces."""
    plain = unquote(href)
    return facts.fill(plain) if PLACEHOLDER.search(plain) else href


def parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=GuideRenderer).enable("table")
    for name in BLOCKS:
        markdown.use(container_plugin, name)
    return markdown.use(attrs_plugin, spans=True, allowed=("class",))


def tree(markdown: MarkdownIt, text: str) -> Sequence[Node]:
    return Node(markdown.parse(text)).children


@dataclass(frozen=True)
class MarkdownFile:
    """A content file while it is read: its parser, its facts, and the lines that its errors name.

    `before` counts the lines of the head; `system` is the tab.
    """

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
