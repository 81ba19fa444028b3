"""A run of nodes of the Markdown tree as blocks."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.guide import Block, Prose, Systems
from portal.guides.source import Source


def parts(source: Source, nodes: Sequence[Node]) -> tuple[Block, ...]:
    """The blocks in their order; neighbouring prose is one block, neighbouring tabs one row of tabs."""
    found: list[Block] = []
    for node in nodes:
        block = _block(source, node)
        joined = _joined(found[-1], block) if found else None
        found[-1:] = [joined] if joined else [*found[-1:], block]
    return tuple(found)


def _joined(left: Block, right: Block) -> Block | None:
    if isinstance(left, Prose) and isinstance(right, Prose):
        return Prose(f"{left.html}\n{right.html}")
    if isinstance(left, Systems) and isinstance(right, Systems):
        return Systems(left.panels + right.panels)
    return None


def _block(source: Source, node: Node) -> Block:
    reader = source.readers.get(node.type)
    return reader(source, node) if reader else Prose(source.html([node]))
