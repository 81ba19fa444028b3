"""The blocks of a guide: what stands under a heading of a content file, read from the Markdown tree.

Blocks hold blocks, so all that read one are in this room. `READERS` at its end says which node is read by what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.facts import ME, PLACEHOLDER, UnknownFactError
from portal.guides.guide import (
    SYSTEMS,
    Block,
    Cell,
    Details,
    Field,
    Fields,
    Note,
    Place,
    Places,
    Prose,
    ServerCard,
    Step,
    Steps,
    Subheading,
    SystemPanel,
    Systems,
    Table,
)
from portal.guides.markdown import MarkdownFile, address, plain

_FIELD = re.compile(r"^(?P<label>.+?)(?:：|:\s)\s*(?P<value>.+)$", re.DOTALL)


def parts(file: MarkdownFile, nodes: Sequence[Node]) -> tuple[Block, ...]:
    """The blocks in their order; neighbouring prose is one block, neighbouring tabs one row of tabs."""
    found: list[Block] = []
    for node in nodes:
        block = _block(file, node)
        joined = _joined(found[-1], block) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(block)
    return tuple(found)


def _block(file: MarkdownFile, node: Node) -> Block:
    reader = READERS.get(node.type)
    return reader(file, node) if reader else Prose(file.html([node]))


def _joined(left: Block, right: Block) -> Block | None:
    if isinstance(left, Prose) and isinstance(right, Prose):
        return Prose(f"{left.html}\n{right.html}")
    if isinstance(left, Systems) and isinstance(right, Systems):
        return Systems(left.panels + right.panels)
    return None


def _argument(node: Node) -> str:
    """What follows the block's name: `warn` of `::: note warn`."""
    return node.info.strip().partition(" ")[2].strip()


def _list_items(node: Node) -> list[Node]:
    """The items of the lists that stand in a block."""
    return [item for child in node.children if child.type == "bullet_list" for item in child.children]


def _subheading(file: MarkdownFile, node: Node) -> Subheading:
    if node.tag != "h3":
        raise file.problem(node, "headings inside a section are ###.")
    return Subheading(*file.heading(node))


def _note(file: MarkdownFile, node: Node) -> Note:
    kind = _argument(node)
    if kind not in ("", "warn"):
        raise file.problem(node, "a note is plain or warn.")
    return Note(kind, parts(file, node.children))


def _details(file: MarkdownFile, node: Node) -> Details:
    summary = file.words(node, _argument(node))
    if not summary:
        raise file.problem(node, "details need a summary.")
    return Details(summary, parts(file, node.children))


def _systems(file: MarkdownFile, node: Node) -> Systems:
    """`::: system windows mac`: one text, a tab for each name."""
    names = node.info.split()[1:]
    if not names or not set(names) <= set(SYSTEMS):
        raise file.problem(node, f"a system is one of {', '.join(SYSTEMS)}.")
    return Systems(tuple(_panel(replace(file, system=name), node) for name in names))


def _panel(file: MarkdownFile, node: Node) -> SystemPanel:
    before = next((place for place, child in enumerate(node.children) if _is_step(child)), len(node.children))
    intro, rest = node.children[:before], node.children[before:]
    has_line = bool(intro) and intro[0].type == "paragraph"
    tested = file.html(intro[0].children) if has_line else ""
    held = parts(file, intro[1:] if has_line else intro)
    if rest:
        held += (Steps(_each_step(file, rest)),)
    return SystemPanel(file.system, tested, held, file.permanent.former(file.system))


def _steps(file: MarkdownFile, node: Node) -> Steps:
    if not node.children or not _is_step(node.children[0]):
        raise file.problem(node, "steps begin with a ### heading.")
    return Steps(_each_step(file, node.children))


def _each_step(file: MarkdownFile, nodes: Sequence[Node]) -> tuple[Step, ...]:
    starts = [place for place, node in enumerate(nodes) if _is_step(node)]
    ends = [*starts[1:], len(nodes)]
    return tuple(_step(file, nodes[start:end]) for start, end in zip(starts, ends, strict=True))


def _step(file: MarkdownFile, nodes: Sequence[Node]) -> Step:
    id_, title = file.heading(nodes[0])
    if not id_:
        raise file.problem(nodes[0], "a step needs an id, such as {#windows-sign-in}.")
    return Step(id_, title, parts(file, nodes[1:]), file.permanent.former(id_))


def _is_step(node: Node) -> bool:
    return node.type == "heading" and node.tag == "h3"


def _fields(file: MarkdownFile, node: Node) -> Fields:
    """What a reader types in: a list of `- label: value`."""
    items = _list_items(node)
    if not items:
        raise file.problem(node, "fields are a list of `- label: value`.")
    return Fields(tuple(_field(file, item) for item in items))


def _field(file: MarkdownFile, item: Node) -> Field:
    match = _FIELD.match(item.children[0].children[0].content)
    if match is None:
        raise file.problem(item, "a field is written `- label: value`.")
    value = match["value"].strip()
    html = file.inline_html(item, value)
    return Field(file.words(item, match["label"].strip()), html, _bare(file, item, value), value == f"{{{{{ME}}}}}")


def _bare(file: MarkdownFile, item: Node, value: str) -> str:
    """The value for the clipboard: only a value that stands alone, as code or as a fact."""
    if len(value) > 2 and value.startswith("`") and value.endswith("`"):
        return file.words(item, value.strip("`"))
    return file.words(item, value) if PLACEHOLDER.fullmatch(value) else ""


def _server(file: MarkdownFile, node: Node) -> ServerCard:
    name = _argument(node)
    try:
        return ServerCard(name, file.facts.server(name))
    except UnknownFactError as error:
        raise file.problem(node, "a server is imap, pop or smtp.") from error


def _places(file: MarkdownFile, node: Node) -> Places:
    """Places to go: a list of `- [**name**](address) explanation`."""
    return Places(tuple(_place(file, item) for item in _list_items(node)))


def _place(file: MarkdownFile, item: Node) -> Place:
    words = item.children[0].children[0].children
    if not words or words[0].type != "link":
        raise file.problem(item, "a place is written `- [**name**](address) explanation`.")
    link, rest = words[0], words[1:]
    name = plain(file.html(link.children))
    return Place(address(str(link.attrs["href"]), file.facts), name, file.html(rest) if rest else "")


def _table(file: MarkdownFile, node: Node) -> Table:
    head, *bodies = node.children
    columns = tuple(_column(file, cell) for cell in head.children[0].children)
    rows = [row for body in bodies for row in body.children]
    return Table("", columns, tuple(_row(file, row, columns) for row in rows))


def _captioned_table(file: MarkdownFile, node: Node) -> Table:
    """`::: table caption` around one table."""
    tables = [child for child in node.children if child.type == "table"]
    caption = file.words(node, _argument(node))
    if len(node.children) != 1 or not tables or not caption:
        raise file.problem(node, "a table block has a caption and holds one table.")
    return replace(_table(file, tables[0]), caption=caption)


def _document_table(file: MarkdownFile, node: Node) -> Table:
    """A table of the document, to be shown with its file."""
    return replace(_captioned_table(file, node), document=True)


def _column(file: MarkdownFile, cell: Node) -> Cell:
    html = file.html(cell.children)
    return Cell(plain(html), html)


def _row(file: MarkdownFile, row: Node, columns: Sequence[Cell]) -> tuple[Cell, ...]:
    cells = zip(columns, row.children, strict=True)
    return tuple(Cell(column.label, file.html(cell.children)) for column, cell in cells)


READERS: Mapping[str, Callable[[MarkdownFile, Node], Block]] = {
    "container_system": _systems,
    "container_steps": _steps,
    "container_note": _note,
    "container_details": _details,
    "container_fields": _fields,
    "container_server": _server,
    "container_places": _places,
    "container_table": _captioned_table,
    "container_document-table": _document_table,
    "heading": _subheading,
    "table": _table,
}
