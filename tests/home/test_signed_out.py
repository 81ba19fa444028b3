"""The home page of somebody who has not signed in."""

from __future__ import annotations

import pytest

from tests.front_door import Reader, leave_for_microsoft
from tests.graph.request_log import list_requests
from tests.simulator_control import Simulator


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_leads_to_sign_in_by_a_form(visitor: Reader, language: str) -> None:
    page = visitor.open(f"/{language}/")
    form = page.form()
    assert form["action"] == "/accounts/microsoft/login/"
    assert form.select_one("[name=next]")["value"] == f"/{language}/"  # type: ignore[index]
    assert len(page.all("main button")) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_place_it_names_is_there(visitor: Reader, language: str) -> None:
    page = visitor.open(f"/{language}/")
    for link in page.all("main a"):
        there = visitor.open(str(link["href"]))
        fragment = str(link["href"]).partition("#")[2]
        assert not fragment or there.soup.select_one(f"[id='{fragment}']"), link["href"]


def test_it_may_be_found_by_search_engines(visitor: Reader) -> None:
    page = visitor.open("/en/")
    assert not page.all("meta[name=robots]")
    assert page.all("meta[name=description]")


def test_it_asks_microsoft_nothing(visitor: Reader, simulator: Simulator) -> None:
    visitor.open("/ja/")
    assert list_requests(simulator) == []


@pytest.mark.parametrize(("accepts", "there"), [("en-GB", "/en/"), ("ja", "/ja/"), ("fr", "/en/")])
def test_the_bare_address_leads_to_the_readers_language(visitor: Reader, accepts: str, there: str) -> None:
    assert visitor.client.get("/", headers={"Accept-Language": accepts})["Location"] == there


def test_the_sign_in_button_works(visitor: Reader) -> None:
    assert "/authorize" in leave_for_microsoft(visitor)
