"""What a reader types in: a list of `- label: value`."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.facts import ME, PLACEHOLDER
from portal.guides.guide import Field, Fields
from portal.guides.source import Source

_LINE = re.compile(r"^(?P<label>.+?)(?:：|:\s)\s*(?P<value>.+)$", re.DOTALL)


def fields(source: Source, node: Node) -> Fields:
    items = [item for child in node.children if child.type == "bullet_list" for item in child.children]
    if not items:
        raise source.problem(node, "fields are a list of `- label: value`.")
    return Fields(tuple(_field(source, item) for item in items))


def _field(source: Source, item: Node) -> Field:
    match = _LINE.match(item.children[0].children[0].content)
    if match is None:
        raise source.problem(item, "a field is written `- label: value`.")
    value = match["value"].strip()
    html = source.inline_html(item, value)
    return Field(source.words(item, match["label"].strip()), html, _bare(source, item, value), value == f"{{{{{ME}}}}}")


def _bare(source: Source, item: Node, value: str) -> str:
    """The value for the clipboard: only a value that stands alone, as code or as a fact."""
    if len(value) > 2 and value.startswith("`") and value.endswith("`"):
        return source.words(item, value.strip("`"))
    return source.words(item, value) if PLACEHOLDER.fullmatch(value) else ""
