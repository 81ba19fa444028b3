"""Numbered steps, and the tabs that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides.guide import SYSTEMS, Step, Steps, SystemPanel, Systems
from portal.guides.parts import parts
from portal.guides.source import Source


def systems(source: Source, node: Node) -> Systems:
    """`::: system windows mac`: one text, a tab for each name."""
    names = node.info.split()[1:]
    if not names or not set(names) <= set(SYSTEMS):
        raise source.problem(node, f"a system is one of {', '.join(SYSTEMS)}.")
    return Systems(tuple(_panel(replace(source, system=name), node) for name in names))


def steps(source: Source, node: Node) -> Steps:
    if not node.children or not _is_step(node.children[0]):
        raise source.problem(node, "steps begin with a ### heading.")
    return Steps(_steps(source, node.children))


def _panel(source: Source, node: Node) -> SystemPanel:
    before = next((place for place, child in enumerate(node.children) if _is_step(child)), len(node.children))
    intro, rest = node.children[:before], node.children[before:]
    has_line = bool(intro) and intro[0].type == "paragraph"
    tested = source.html(intro[0].children) if has_line else ""
    held = parts(source, intro[1:] if has_line else intro)
    if rest:
        held += (Steps(_steps(source, rest)),)
    return SystemPanel(source.system, tested, held, source.permanent.former(source.system))


def _steps(source: Source, nodes: Sequence[Node]) -> tuple[Step, ...]:
    starts = [place for place, node in enumerate(nodes) if _is_step(node)]
    ends = [*starts[1:], len(nodes)]
    return tuple(_step(source, nodes[start:end]) for start, end in zip(starts, ends, strict=True))


def _step(source: Source, nodes: Sequence[Node]) -> Step:
    id_, title = source.heading(nodes[0])
    if not id_:
        raise source.problem(nodes[0], "a step needs an id, such as {#windows-sign-in}.")
    return Step(id_, title, parts(source, nodes[1:]), source.permanent.former(id_))


def _is_step(node: Node) -> bool:
    return node.type == "heading" and node.tag == "h3"
