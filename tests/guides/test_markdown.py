"""Running text of a content file as HTML."""

from pathlib import Path

from portal.guides.guide import Prose
from tests.guides.make_guide import first_part, make_guide


def test_days_and_sizes_are_marked_up(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## S {#s}\nSince 5 August 2022, 35 MB.\n")
    assert first_part(guide) == Prose('<p>Since <time datetime="2022-08-05">5 August 2022</time>, 35\u00a0MB.</p>')
    guide = make_guide(tmp_path, "## S {#s}\n2022年8月5日から\n", language="ja")
    assert first_part(guide) == Prose('<p><time datetime="2022-08-05">2022年8月5日</time>から</p>')


def test_html_in_a_guide_is_shown_as_text(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## S {#s}\n<script>alert(1)</script> [x](javascript:alert)\n")
    section = guide.sections[0].parts[0]
    assert isinstance(section, Prose)
    assert "<script" not in section.html
    assert "<a" not in section.html
