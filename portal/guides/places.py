"""Places to go: a list of `- [**name**](address) explanation`."""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.guide import Place, Places
from portal.guides.markdown import address
from portal.guides.source import Source, plain


def places(source: Source, node: Node) -> Places:
    items = [item for child in node.children if child.type == "bullet_list" for item in child.children]
    return Places(tuple(_place(source, item) for item in items))


def _place(source: Source, item: Node) -> Place:
    words = item.children[0].children[0].children
    if not words or words[0].type != "link":
        raise source.problem(item, "a place is written `- [**name**](address) explanation`.")
    link, rest = words[0], words[1:]
    name = plain(source.html(link.children))
    return Place(address(str(link.attrs["href"]), source.facts), name, source.html(rest) if rest else "")
