"""A content file as a Guide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext
from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides import head, markdown
from portal.guides.blocks import parts
from portal.guides.facts import Facts, squeezed
from portal.guides.guide import Guide, Section
from portal.guides.markdown import MarkdownFile
from portal.guides.permanent_ids import PermanentIds
from portal.service import Service


def guide(path: Path, service: Service, permanent: PermanentIds) -> Guide:
    """The guide in a file named `<slug>.<language>.md`. Raises GuideError, OSError."""
    slug, language, _ = path.name.split(".")
    facts = Facts(service, language)
    front, body, before = head.split(path, path.read_text(encoding="utf-8"))
    with translation.override(language):
        file = MarkdownFile(path, before, markdown.parser(), facts, gettext("Now"), permanent)
    nodes = markdown.tree(file.parser, squeezed(body))
    return Guide(slug, language, head.read(path, front, facts), _sections(file, nodes))


def _sections(file: MarkdownFile, nodes: Sequence[Node]) -> tuple[Section, ...]:
    starts = [place for place, node in enumerate(nodes) if node.type == "heading" and node.tag == "h2"]
    if nodes and (not starts or starts[0] != 0):
        raise file.problem(nodes[0], "the text must begin with a ## heading.")
    ends = [*starts[1:], len(nodes)]
    return tuple(_section(file, nodes[start:end]) for start, end in zip(starts, ends, strict=True))


def _section(file: MarkdownFile, nodes: Sequence[Node]) -> Section:
    id_, title = file.heading(nodes[0])
    if not id_:
        raise file.problem(nodes[0], "a section needs an id, such as {#steps}.")
    return Section(id_, title, parts(file, nodes[1:]), file.permanent.former(id_))
