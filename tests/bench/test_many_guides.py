from __future__ import annotations

import tomllib

from bench.many_guides import repeated

LISTED = """# The list.
[index]
ids = ["devices"]

[outlook-web]
ids = ["open"]
moved = { start = "open" }

[servers]
ids = ["imap"]
"""


def test_copies_have_the_ids_of_their_guide_and_the_index_has_none() -> None:
    assert tomllib.loads(repeated(LISTED, 7)) == {
        "outlook-web-7": {"ids": ["open"], "moved": {"start": "open"}},
        "servers-7": {"ids": ["imap"]},
    }


def test_the_list_can_still_be_read_with_its_copies() -> None:
    assert set(tomllib.loads(LISTED + repeated(LISTED, 2) + repeated(LISTED, 3))) == {
        "index",
        *(f"{slug}{end}" for slug in ("outlook-web", "servers") for end in ("", "-2", "-3")),
    }
