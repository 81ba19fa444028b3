"""The Markdown of the guides: CommonMark with tables, our blocks, spans with attributes; raw HTML is shown as text."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise
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

from portal.guides.facts import PLACEHOLDER, Facts, UnknownFactError, fill_as_html, typeset_as_html
from portal.guides.guide import GuideError
from portal.guides.permanent_ids import PermanentIds

_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z0-9*][a-z0-9*-]*)\}$")
_TAG = re.compile(r"<[^>]+>")
BLOCKS = ("system", "steps", "note", "details", "fields", "server", "places", "table", "document-table")


class GuideRenderer(RendererHTML):
    """Markdown's own HTML, with facts in words, code and addresses. `env["facts"]` holds them."""

    def text(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return typeset_as_html(tokens[index].content, env["facts"])

    def code_inline(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f"<code>{fill_as_html(tokens[index].content, env['facts'])}</code>"

    def link_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        href = fill_address(str(tokens[index].attrs["href"]), env["facts"])
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


def fill_address(href: str, facts: Facts) -> str:
    """A link's address with its fact; Markdown has percent-encoded the placeholder's braces."""
    plain = unquote(href)
    return facts.fill(plain) if PLACEHOLDER.search(plain) else href


def make_parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=GuideRenderer).enable("table")
    for name in BLOCKS:
        markdown.use(container_plugin, name)
    return markdown.use(attrs_plugin, spans=True, allowed=("class",))


def parse_tree(markdown: MarkdownIt, text: str) -> Sequence[Node]:
    return Node(markdown.parse(text)).children


def is_heading(node: Node, level: str) -> bool:
    """`level` as HTML has it: h2, h3."""
    return node.type == "heading" and node.tag == level


def split_at_headings(nodes: Sequence[Node], level: str) -> list[Sequence[Node]]:
    """Runs of nodes that each begin with a heading of this level; what stands before the first is left out."""
    starts = [place for place, node in enumerate(nodes) if is_heading(node, level)]
    return [nodes[start:end] for start, end in pairwise([*starts, len(nodes)])]


@dataclass(frozen=True)
class MarkdownFile:
    """A content file while it is read: its parser, its facts, and the lines that its errors name.

    `lines_before` counts the lines of the head; `now_word` stands before what replaced the document's words; `system`
    is the tab that is being read, empty outside tabs. An unknown fact raises GuideError.
    """

    path: Path
    lines_before: int
    parser: MarkdownIt
    facts: Facts
    now_word: str
    permanent_ids: PermanentIds
    system: str = ""

    def render(self, nodes: Sequence[Node]) -> str:
        tokens = [token for node in nodes for token in node.to_tokens()]
        try:
            return str(self.parser.renderer.render(tokens, self.parser.options, self._make_env())).strip()
        except UnknownFactError as error:
            raise self._unknown_fact_at(nodes[0], error) from error

    def render_inline(self, node: Node, text: str) -> str:
        try:
            return str(self.parser.renderInline(text, self._make_env()))
        except UnknownFactError as error:
            raise self._unknown_fact_at(node, error) from error

    def fill_facts(self, node: Node, text: str) -> str:
        """Plain text with its facts."""
        try:
            return self.facts.fill(text)
        except UnknownFactError as error:
            raise self._unknown_fact_at(node, error) from error

    def read_heading(self, node: Node) -> tuple[str, str]:
        """(id, title) of a heading; the id is empty where none is written."""
        text = node.children[0].content
        match = _HEADING.match(text)
        if match is None:
            return "", self.fill_facts(node, text)
        return match["id"].replace("*", self.system), self.fill_facts(node, match["title"])

    def error_at(self, node: Node, sentence: str) -> GuideError:
        first, _ = node.map or (0, 0)
        return GuideError(self.path, self.lines_before + first + 1, sentence)

    def _unknown_fact_at(self, node: Node, error: UnknownFactError) -> GuideError:
        return self.error_at(node, f"{{{{ {error} }}}} is not a fact of the service file.")

    def _make_env(self) -> dict[str, object]:
        return {"facts": self.facts, "system": self.system, "now": self.now_word}


def to_plain_text(html: str) -> str:
    """The text of a piece of HTML, without what holds now beside it."""
    return unescape(_TAG.sub("", html.split('<span class="now">')[0])).strip()
