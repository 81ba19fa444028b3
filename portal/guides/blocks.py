"""The blocks of a guide, from the nodes of its Markdown tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.facts import UnknownFactError
from portal.guides.fields import fields
from portal.guides.guide import Block, Details, Note, Prose, ServerCard, Subheading, Systems
from portal.guides.places import places
from portal.guides.procedure import steps, systems
from portal.guides.source import Source
from portal.guides.tables import captioned_table, document_table, table


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
    reader = _READERS.get(node.type)
    return reader(source, node) if reader else Prose(source.html([node]))


def _argument(node: Node) -> str:
    """What follows the block's name: `warn` of `::: note warn`."""
    return node.info.strip().partition(" ")[2].strip()


def _note(source: Source, node: Node) -> Note:
    kind = _argument(node)
    if kind not in ("", "warn"):
        raise source.problem(node, "a note is plain or warn.")
    return Note(kind, parts(source, node.children))


def _details(source: Source, node: Node) -> Details:
    summary = source.words(node, _argument(node))
    if not summary:
        raise source.problem(node, "details need a summary.")
    return Details(summary, parts(source, node.children))


def _subheading(source: Source, node: Node) -> Subheading:
    if node.tag != "h3":
        raise source.problem(node, "headings inside a section are ###.")
    return Subheading(*source.heading(node))


def _server(source: Source, node: Node) -> ServerCard:
    name = _argument(node)
    try:
        return ServerCard(name, source.facts.server(name))
    except UnknownFactError as error:
        raise source.problem(node, "a server is imap, pop or smtp.") from error


_READERS: dict[str, Callable[[Source, Node], Block]] = {
    "container_system": systems,
    "container_steps": steps,
    "container_note": _note,
    "container_details": _details,
    "container_fields": fields,
    "container_server": _server,
    "container_places": places,
    "container_table": captioned_table,
    "container_document-table": document_table,
    "heading": _subheading,
    "table": table,
}
