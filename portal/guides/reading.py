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
from portal.guides.permanent_ids import PermanentIds
from portal.guides.source import Source
from portal.service import Service


def guide(path: Path, service: Service, permanent: PermanentIds) -> Guide:
    """The guide in a file named `<slug>.<language>.md`. Raises GuideError, OSError."""
    slug, language, _ = path.name.split(".")
    facts = Facts(service, language)
    front, body, before = head.split(path, path.read_text(encoding="utf-8"))
    with translation.override(language):
        source = Source(path, before, markdown.parser(), facts, gettext("Now"), permanent)
    nodes = markdown.tree(source.parser, squeezed(body))
    return Guide(slug, language, head.read(path, front, facts), _sections(source, nodes))


def _sections(source: Source, nodes: Sequence[Node]) -> tuple[Section, ...]:
    starts = [place for place, node in enumerate(nodes) if node.type == "heading" and node.tag == "h2"]
    if nodes and (not starts or starts[0] != 0):
        raise source.problem(nodes[0], "the text must begin with a ## heading.")
    ends = [*starts[1:], len(nodes)]
    return tuple(_section(source, nodes[start:end]) for start, end in zip(starts, ends, strict=True))


def _section(source: Source, nodes: Sequence[Node]) -> Section:
    id_, title = source.heading(nodes[0])
    if not id_:
        raise source.problem(nodes[0], "a section needs an id, such as {#steps}.")
    return Section(id_, title, parts(source, nodes[1:]), source.permanent.former(id_))
