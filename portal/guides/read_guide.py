"""A content file as a Guide: its front matter, and the sections of its Markdown."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext, override
from markdown_it.tree import SyntaxTreeNode as Node

from portal.guides import markdown
from portal.guides.blocks import read_parts
from portal.guides.facts import Facts, UnknownFactError, tighten_placeholders
from portal.guides.guide import SYSTEMS, Guide, GuideError, GuideSection, Head
from portal.guides.markdown import MarkdownFile
from portal.guides.permanent_ids import PermanentIds
from portal.service import Service

_FENCE = "---\n"
_WORDS = ("title", "lead", "description", "checked_with")


def read_guide(path: Path, service: Service, permanent: PermanentIds) -> Guide:
    """The guide in a file named `<slug>.<language>.md`. Raises GuideError, OSError."""
    slug, language, _ = path.name.split(".")
    facts = Facts(service, language)
    front, body, before = _split_head(path, path.read_text(encoding="utf-8"))
    with override(language):
        file = MarkdownFile(path, before, markdown.make_parser(), facts, gettext("Now"), permanent)
    nodes = markdown.parse_tree(file.parser, tighten_placeholders(body))
    return Guide(slug, language, _read_head(path, front, facts), _read_sections(file, nodes))


def _split_head(path: Path, text: str) -> tuple[str, str, int]:
    """(front matter, Markdown, lines before the Markdown)."""
    if not text.startswith(_FENCE) or "\n---\n" not in text:
        raise GuideError(path, 1, "the file must begin with a head between two lines of ---.")
    front, body = text[len(_FENCE) :].split("\n---\n", 1)
    return front, body, front.count("\n") + 3


def _read_head(path: Path, front: str, facts: Facts) -> Head:
    try:
        table = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise GuideError(path, 1, f"the head is not valid YAML: {error}.") from error
    names = {field.name for field in fields(Head)}
    if not isinstance(table, dict) or not set(table) <= names:
        raise GuideError(path, 1, f"the head may only say {', '.join(sorted(names))}.")
    try:
        return _check_head(path, Head(**table), facts)
    except TypeError as error:
        raise GuideError(path, 1, "the head must say title, lead, description and checked.") from error


def _check_head(path: Path, head: Head, facts: Facts) -> Head:
    """The head with its facts filled in."""
    if type(head.checked) is not datetime.date:
        raise GuideError(path, 1, "checked must be a day like 2026-11-24.")
    systems = tuple(head.systems)
    for name in systems:
        if name not in SYSTEMS:
            raise GuideError(path, 1, f"{name} is not a known system.")
    try:
        words: dict[str, Any] = {name: facts.fill(str(getattr(head, name))) for name in _WORDS}
    except UnknownFactError as error:
        raise GuideError(path, 1, f"{{{{ {error} }}}} is not a fact of the service file.") from error
    return replace(head, systems=systems, **words)


def _read_sections(file: MarkdownFile, nodes: Sequence[Node]) -> tuple[GuideSection, ...]:
    if nodes and not markdown.is_heading(nodes[0], "h2"):
        raise file.error_at(nodes[0], "the text must begin with a ## heading.")
    return tuple(_read_section(file, section) for section in markdown.split_at_headings(nodes, "h2"))


def _read_section(file: MarkdownFile, nodes: Sequence[Node]) -> GuideSection:
    id_, title = file.read_heading(nodes[0])
    if not id_:
        raise file.error_at(nodes[0], "a section needs an id, such as {#steps}.")
    return GuideSection(id_, title, read_parts(file, nodes[1:]), file.permanent_ids.list_former(id_))
