"""What stands under a heading of a content file, read from the Markdown tree: prose, subheadings, and blocks.

A block is written `::: name` and may hold others, so all that read one are in this room. `READERS` at its end says
which node is read by what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.facts import ME, PLACEHOLDER, UnknownFactError
from portal.guides.guide import (
    SYSTEMS,
    Cell,
    Details,
    Field,
    Fields,
    GuidePlace,
    GuideStep,
    Note,
    Part,
    Places,
    Prose,
    ServerCard,
    Steps,
    Subheading,
    SystemPanel,
    Systems,
    Table,
)
from portal.guides.markdown import MarkdownFile, fill_address, is_heading, split_at_headings, to_plain_text

_FIELD = re.compile(r"^(?P<label>.+?)(?:：|:\s)\s*(?P<value>.+)$", re.DOTALL)


def read_parts(file: MarkdownFile, nodes: Sequence[Node]) -> tuple[Part, ...]:
    """The parts in their order; neighbouring prose is one block, neighbouring tabs one row of tabs."""
    found: list[Part] = []
    for node in nodes:
        part = _read_part(file, node)
        joined = _join(found[-1], part) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(part)
    return tuple(found)


def _read_part(file: MarkdownFile, node: Node) -> Part:
    reader = READERS.get(node.type)
    return reader(file, node) if reader else Prose(file.render([node]))


def _join(left: Part, right: Part) -> Part | None:
    if isinstance(left, Prose) and isinstance(right, Prose):
        return Prose(f"{left.html}\n{right.html}")
    if isinstance(left, Systems) and isinstance(right, Systems):
        return Systems(left.panels + right.panels)
    return None


def _read_argument(node: Node) -> str:
    """What follows the block's name: `warn` of `::: note warn`."""
    return node.info.strip().partition(" ")[2].strip()


def _list_items(node: Node) -> list[Node]:
    """The items of the lists that stand in a block."""
    return [item for child in node.children if child.type == "bullet_list" for item in child.children]


def _read_subheading(file: MarkdownFile, node: Node) -> Subheading:
    if not is_heading(node, "h3"):
        raise file.error_at(node, "headings inside a section are ###.")
    return Subheading(*file.read_heading(node))


def _read_note(file: MarkdownFile, node: Node) -> Note:
    kind = _read_argument(node)
    if kind not in ("", "warn"):
        raise file.error_at(node, "a note is plain or warn.")
    return Note(kind, read_parts(file, node.children))


def _read_details(file: MarkdownFile, node: Node) -> Details:
    summary = file.fill_facts(node, _read_argument(node))
    if not summary:
        raise file.error_at(node, "details need a summary.")
    return Details(summary, read_parts(file, node.children))


def _read_systems(file: MarkdownFile, node: Node) -> Systems:
    """`::: system windows mac`: one text, a tab for each name."""
    names = node.info.split()[1:]
    if not names or not set(names) <= set(SYSTEMS):
        raise file.error_at(node, f"a system is one of {', '.join(SYSTEMS)}.")
    return Systems(tuple(_read_panel(replace(file, system=name), node) for name in names))


def _read_panel(file: MarkdownFile, node: Node) -> SystemPanel:
    """A first paragraph is the small line under the tab; from the first ### on there are numbered steps."""
    intro = list(takewhile(lambda child: not is_heading(child, "h3"), node.children))
    steps = node.children[len(intro) :]
    has_line = bool(intro) and intro[0].type == "paragraph"
    tested = file.render(intro[0].children) if has_line else ""
    parts = read_parts(file, intro[1:] if has_line else intro)
    if steps:
        parts += (Steps(_read_each_step(file, steps)),)
    return SystemPanel(file.system, tested, parts, file.permanent_ids.list_former(file.system))


def _read_steps(file: MarkdownFile, node: Node) -> Steps:
    if not node.children or not is_heading(node.children[0], "h3"):
        raise file.error_at(node, "steps begin with a ### heading.")
    return Steps(_read_each_step(file, node.children))


def _read_each_step(file: MarkdownFile, nodes: Sequence[Node]) -> tuple[GuideStep, ...]:
    return tuple(_read_step(file, step) for step in split_at_headings(nodes, "h3"))


def _read_step(file: MarkdownFile, nodes: Sequence[Node]) -> GuideStep:
    id_, title = file.read_heading(nodes[0])
    if not id_:
        raise file.error_at(nodes[0], "a step needs an id, such as {#windows-sign-in}.")
    return GuideStep(id_, title, read_parts(file, nodes[1:]), file.permanent_ids.list_former(id_))


def _read_fields(file: MarkdownFile, node: Node) -> Fields:
    """What a reader types in: a list of `- label: value`."""
    items = _list_items(node)
    if not items:
        raise file.error_at(node, "fields are a list of `- label: value`.")
    return Fields(tuple(_read_field(file, item) for item in items))


def _read_field(file: MarkdownFile, item: Node) -> Field:
    match = _FIELD.match(item.children[0].children[0].content)
    if match is None:
        raise file.error_at(item, "a field is written `- label: value`.")
    value = match["value"].strip()
    html = file.render_inline(item, value)
    return Field(
        file.fill_facts(item, match["label"].strip()),
        html,
        _read_bare_value(file, item, value),
        value == f"{{{{{ME}}}}}",
    )


def _read_bare_value(file: MarkdownFile, item: Node, value: str) -> str:
    """The value for the clipboard: only a value that stands alone, as code or as a fact."""
    if len(value) > 2 and value.startswith("`") and value.endswith("`"):
        return file.fill_facts(item, value.strip("`"))
    return file.fill_facts(item, value) if PLACEHOLDER.fullmatch(value) else ""


def _read_server(file: MarkdownFile, node: Node) -> ServerCard:
    name = _read_argument(node)
    try:
        return ServerCard(name, file.facts.find_server(name))
    except UnknownFactError as error:
        raise file.error_at(node, "a server is imap, pop or smtp.") from error


def _read_places(file: MarkdownFile, node: Node) -> Places:
    """Places to go: a list of `- [**name**](address) explanation`."""
    return Places(tuple(_read_place(file, item) for item in _list_items(node)))


def _read_place(file: MarkdownFile, item: Node) -> GuidePlace:
    words = item.children[0].children[0].children
    if not words or words[0].type != "link":
        raise file.error_at(item, "a place is written `- [**name**](address) explanation`.")
    link, rest = words[0], words[1:]
    name = to_plain_text(file.render(link.children))
    return GuidePlace(fill_address(str(link.attrs["href"]), file.facts), name, file.render(rest) if rest else "")


def _read_table(file: MarkdownFile, node: Node) -> Table:
    head, *bodies = node.children
    columns = tuple(_read_column(file, cell) for cell in head.children[0].children)
    rows = [row for body in bodies for row in body.children]
    return Table("", columns, tuple(_read_row(file, row, columns) for row in rows))


def _read_captioned_table(file: MarkdownFile, node: Node) -> Table:
    """`::: table caption` around one table."""
    tables = [child for child in node.children if child.type == "table"]
    caption = file.fill_facts(node, _read_argument(node))
    if len(node.children) != 1 or not tables or not caption:
        raise file.error_at(node, "a table block has a caption and holds one table.")
    return replace(_read_table(file, tables[0]), caption=caption)


def _read_document_table(file: MarkdownFile, node: Node) -> Table:
    """A table of the document, to be shown with its source."""
    return replace(_read_captioned_table(file, node), document=True)


def _read_column(file: MarkdownFile, cell: Node) -> Cell:
    html = file.render(cell.children)
    return Cell(to_plain_text(html), html)


def _read_row(file: MarkdownFile, row: Node, columns: Sequence[Cell]) -> tuple[Cell, ...]:
    cells = zip(columns, row.children, strict=True)
    return tuple(Cell(column.label, file.render(cell.children)) for column, cell in cells)


READERS: Mapping[str, Callable[[MarkdownFile, Node], Part]] = {
    "container_system": _read_systems,
    "container_steps": _read_steps,
    "container_note": _read_note,
    "container_details": _read_details,
    "container_fields": _read_fields,
    "container_server": _read_server,
    "container_places": _read_places,
    "container_table": _read_captioned_table,
    "container_document-table": _read_document_table,
    "heading": _read_subheading,
    "table": _read_table,
}
