"""The Markdown of the guides: CommonMark with tables, our blocks, spans with attributes; raw HTML is shown as text."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from portal.guides.facts import PLACEHOLDER, Facts, filled, typeset

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


def tree(markdown: MarkdownIt, text: str) -> Sequence[SyntaxTreeNode]:
    return SyntaxTreeNode(markdown.parse(text)).children
