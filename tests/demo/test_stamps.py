"""Nothing is made twice, and nothing is left out of date."""

from __future__ import annotations

from pathlib import Path

from demo.stamps import digest, holds, put


def test_the_digest_follows_contents_names_and_words(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    first = digest(["*.md"], root=tmp_path)
    assert digest(["*.md", "a.*"], root=tmp_path) == first
    assert digest(["*.md"], "word", root=tmp_path) != first
    (tmp_path / "a.md").write_text("two")
    assert digest(["*.md"], root=tmp_path) != first
    (tmp_path / "a.md").write_text("one")
    assert digest(["*.md"], root=tmp_path) == first
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    assert digest(["*.md"], root=tmp_path) != first


def test_a_file_that_nothing_asks_for_changes_nothing(tmp_path: Path) -> None:
    before = digest(["*.md"], root=tmp_path)
    (tmp_path / "a.txt").write_text("one")
    assert digest(["*.md"], root=tmp_path) == before


def test_a_stamp_holds_for_what_it_was_put_for_only(tmp_path: Path) -> None:
    stamp = tmp_path / "build" / "guides.stamp"
    assert not holds(stamp, "abc")
    put(stamp, "abc")
    assert holds(stamp, "abc")
    assert not holds(stamp, "abd")
    stamp.write_bytes(b"\xff\xfe")
    assert not holds(stamp, "abc")
