"""What the check of the guides finds."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.guides.check_guides import PageMap, find_id_problems, find_page_problems, find_problems
from portal.guides.permanent_ids import PermanentIds
from tests.guides.make_guide import make_guide


def test_nothing_is_wrong_with_the_guides_that_there_are() -> None:
    assert list(find_problems()) == []


def test_the_command_says_so() -> None:
    output = StringIO()
    call_command("check_guides", stdout=output)
    assert "in order in both languages" in output.getvalue()


@pytest.mark.parametrize(
    ("permanent", "sentences"),
    [
        (PermanentIds(("a",)), ["#b is not in permanent_ids.toml."]),
        (
            PermanentIds(("a", "b", "c")),
            ["#c of permanent_ids.toml is not in the guide; a removed id belongs under moved."],
        ),
        (PermanentIds(("b", "a")), ["the ids of permanent_ids.toml stand in another order."]),
        (PermanentIds(("a", "b"), {"old": "c"}), ["moved: #old leads to #c, which is not there."]),
        (PermanentIds(("a", "b"), {"old": "b"}), []),
    ],
)
def test_ids_are_compared_with_the_list(tmp_path: Path, permanent: PermanentIds, sentences: list[str]) -> None:
    guide = make_guide(tmp_path, "## A {#a}\n\n## B {#b}\n")
    assert list(find_id_problems(guide, permanent)) == sentences


@pytest.mark.parametrize(
    ("html", "sentences"),
    [
        ("<a href='#here'></a><p id='here'></p>", []),
        ("<a href='#there'></a>", ["#there leads nowhere on the page."]),
        ("<p id='a'></p><p id='a'></p>", ["#a stands there 2 times."]),
        ("<a href='/ja/guides/servers/#imap'></a>", []),
        ("<a href='/ja/guides/servers/#nothing'></a>", ["/ja/guides/servers/ has no #nothing."]),
        ("<a href='/ja/guides/nothing/'></a>", ["/ja/guides/nothing/ is no guide."]),
        ("<a href='/g/thunderbird/#windows'></a>", []),
        ("<a href='/ja/forwarding/'></a>", []),
        ("<a href='/ja/nothing/'></a>", ["/ja/nothing/ is no page of this site."]),
        ("<a href='/en/guides/'></a>", ["/en/guides/ is in the other language."]),
        ("<a href='/en/guides/' hreflang='en'></a>", []),
        ("<a href='https://example.com/#x'></a><a href='mailto:a@example.ac.jp'></a>", []),
    ],
)
def test_every_link_of_a_page_is_followed(html: str, sentences: list[str]) -> None:
    assert list(find_page_problems("ja", PageMap(html))) == sentences
