"""Tables: plain ones, ones with a caption, and the document's, which are shown with their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.guide import Cell, Table
from portal.guides.source import Source, plain


def table(source: Source, node: Node) -> Table:
    head, *bodies = node.children
    columns = tuple(_column(source, cell) for cell in head.children[0].children)
    rows = [row for body in bodies for row in body.children]
    return Table("", columns, tuple(_row(source, row, columns) for row in rows))


def captioned_table(source: Source, node: Node) -> Table:
    """`::: table caption` around one table."""
    tables = [child for child in node.children if child.type == "table"]
    caption = source.words(node, node.info.strip().partition(" ")[2].strip())
    if len(node.children) != 1 or not tables or not caption:
        raise source.problem(node, "a table block has a caption and holds one table.")
    return replace(table(source, tables[0]), caption=caption)


def document_table(source: Source, node: Node) -> Table:
    return replace(captioned_table(source, node), document=True)


def _column(source: Source, cell: Node) -> Cell:
    html = source.html(cell.children)
    return Cell(plain(html), html)


def _row(source: Source, row: Node, columns: Sequence[Cell]) -> tuple[Cell, ...]:
    cells = zip(columns, row.children, strict=True)
    return tuple(Cell(column.label, source.html(cell.children)) for column, cell in cells)
