"""The vocabulary of blocks: which node of the Markdown tree is read by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.facts import UnknownFactError
from portal.guides.fields import fields
from portal.guides.guide import Block, Details, Note, ServerCard, Subheading
from portal.guides.parts import parts
from portal.guides.places import places
from portal.guides.procedure import steps, systems
from portal.guides.source import Source
from portal.guides.tables import captioned_table, document_table, table


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


READERS: Mapping[str, Callable[[Source, Node], Block]] = {
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
