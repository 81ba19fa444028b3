"""The part that the home page asks for once it is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from accounts.models import Session, User
from portal.quota.measuring import find_measured
from tests.front_door import Reader
from tests.graph.request_log import count_round_trips, list_requests
from tests.simulator_control import Simulator

CARD = "/en/quota/card/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://localhost:8000/en/"}


def part(reader: Reader, **headers: str) -> Any:
    return reader.client.get(CARD, headers={**HTMX, **headers})


def test_it_is_a_part_of_a_page_in_two_round_trips(full_mailbox: Reader, simulator: Simulator) -> None:
    before = count_round_trips(simulator)
    answer = part(full_mailbox)
    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith('<div class="stack">')
    assert "49.0\xa0GB" in answer.content.decode()
    assert "HX-Request-Type" in answer["Vary"]
    assert count_round_trips(simulator) - before == 2


def test_for_five_minutes_microsoft_is_not_asked_again(full_mailbox: Reader, simulator: Simulator) -> None:
    first = part(full_mailbox).content
    asked = len(list_requests(simulator))
    assert part(full_mailbox).content == first
    assert len(list_requests(simulator)) == asked


def test_what_is_kept_names_no_folder(full_mailbox: Reader) -> None:
    part(full_mailbox)
    person = User.objects.get(address="full.mailbox@example.ac.jp")
    measured = find_measured(person)
    assert measured is not None
    assert [(folder.name, folder.id) for folder in measured.usage.folders] == [("", "")]
    cache.clear()
    assert find_measured(person) is None


def test_without_htmx_it_is_a_page(full_mailbox: Reader) -> None:
    page = full_mailbox.open(CARD)
    assert "49.0" in page.words(".figure")


@pytest.mark.parametrize("address", ["/en/", "/en/quota/", "/en/forwarding/", "/en/history/"])
def test_every_other_page_is_whole_whoever_asks(full_mailbox: Reader, address: str) -> None:
    answer = full_mailbox.client.get(address, headers=HTMX)
    assert "<html" in answer.content.decode()
    assert "HX-Request-Type" not in answer["Vary"]


def test_a_problem_is_said_in_its_place(full_mailbox: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=429, headers={"Retry-After": "60"})
    answer = part(full_mailbox)
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "The storage could not be loaded" in text
    assert "MD-" in text
    assert "<html" not in text
    simulator.heal()
    assert part(full_mailbox).status_code == 200, "a failure is not kept"


def test_after_the_session_ended_the_browser_is_led_to_sign_in(full_mailbox: Reader) -> None:
    Session.objects.all().delete()
    answer = part(full_mailbox)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/en/accounts/sign-in/?next=%2Fen%2F"


def test_a_token_that_is_not_taken_leads_to_sign_in(full_mailbox: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=401)
    answer = part(full_mailbox)
    assert (answer.status_code, answer["HX-Redirect"].partition("?")[0]) == (204, "/en/accounts/sign-in/")
