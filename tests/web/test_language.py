"""The reader's language: by cookie, else by what the browser asks for."""

from __future__ import annotations

import pytest

from tests.front_door import Reader


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, "ja"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB,en;q=0.9,ja;q=0.5", "en"),
        ("fr", "en"),
        ("en;q=0.2,ja;q=0.9", "ja"),
        ("*", "ja"),
        (";;;", "ja"),
        ("x" * 5000, "ja"),
    ],
)
def test_the_root_leads_to_the_language_asked_for(visitor: Reader, asked: str | None, given: str) -> None:
    answer = visitor.client.get("/", headers={"Accept-Language": asked} if asked else None)
    assert answer["Location"] == f"/{given}/"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize(("asked", "given"), [("fr", "en"), ("ja", "ja"), ("en", "en"), ("", "ja")])
def test_an_address_that_lacks_its_language_leads_to_the_readers(visitor: Reader, asked: str, given: str) -> None:
    answer = visitor.client.get("/guides/", headers={"Accept-Language": asked})
    assert answer["Location"] == f"/{given}/guides/"


def test_the_language_of_the_last_page_is_remembered(visitor: Reader) -> None:
    visitor.open("/en/")
    assert visitor.client.get("/", headers={"Accept-Language": "ja"})["Location"] == "/en/"
    visitor.open("/ja/")
    assert visitor.client.get("/", headers={"Accept-Language": "en"})["Location"] == "/ja/"


def test_the_switch_keeps_the_page(visitor: Reader) -> None:
    page = visitor.open("/ja/guides/thunderbird/")
    assert page.soup.select_one("a.language")["href"] == "/en/guides/thunderbird/"


def test_a_cookie_with_nonsense_is_ignored(visitor: Reader) -> None:
    visitor.client.cookies["madoguchi_language"] = "../../xx"
    assert visitor.client.get("/")["Location"] == "/ja/"
