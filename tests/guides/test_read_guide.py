"""From a content file to a guide: its head and its sections, and what a careless edit is told."""

from pathlib import Path

import pytest

from portal.guides.guide import GuideError, Prose
from tests.guides.make_guide import HEAD, first_part, make_guide


def test_a_section_has_its_id_and_title(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## What to do {#what}\nRead *this*.\n")
    assert (guide.sections[0].id, guide.sections[0].title) == ("what", "What to do")
    assert first_part(guide) == Prose("<p>Read <em>this</em>.</p>")


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("Lost words.\n", "line 7: the text must begin with a ## heading"),
        ("## No id\n", "line 7: a section needs an id"),
        ("## S {#s}\nThe {{ servers.imap.colour }}.\n", "{{ servers.imap.colour }} is not a fact"),
        ("## The {{ nothing }} {#s}\n", "{{ nothing }} is not a fact"),
    ],
)
def test_a_careless_edit_is_told_where_and_what(tmp_path: Path, markdown: str, sentence: str) -> None:
    with pytest.raises(GuideError) as caught:
        make_guide(tmp_path, markdown)
    assert str(caught.value).startswith("made.en.md, line ")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("No head.\n", "must begin with a head"),
        ("---\ntitle: [\n---\n", "not valid YAML"),
        ("---\n- title\n---\n", "may only say"),
        (HEAD.replace("lead:", "leed:"), "may only say"),
        (HEAD.replace("lead: What it is for.\n", ""), "must say title, lead"),
        (HEAD.replace("2026-11-24", "soon"), "checked must be a day"),
        (HEAD.replace("checked:", "systems: [beos]\nchecked:"), "beos is not a known system"),
        (HEAD.replace("A guide", "'{{ nothing }}'"), "{{ nothing }} is not a fact"),
    ],
)
def test_a_careless_head_is_told_what(tmp_path: Path, head: str, sentence: str) -> None:
    with pytest.raises(GuideError) as caught:
        make_guide(tmp_path, "## S {#s}\n", head=head)
    assert sentence in str(caught.value)
