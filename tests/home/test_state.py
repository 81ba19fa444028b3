"""Each card fails alone, says so with a number, and leaves the others."""

from __future__ import annotations

import time

import pytest
from django.conf import LazySettings

from accounts import tokens
from accounts.models import User
from tests.front_door import Page, Reader
from tests.simulator_control import Simulator

LATER = {"Retry-After": "60"}


def is_well(page: Page, card: str) -> bool:
    return bool(page.all(f"#{card}")) and not page.all(f"#{card} .lamp-wait")


def test_without_rules_the_other_cards_stand(forwarder: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules", status=503, headers=LATER)
    page = forwarder.open("/en/")
    for card in ("rules", "forwarding"):
        assert page.all(f"#{card} .lamp-wait")
        assert "MD-" in page.words(f"#{card}")
        assert page.soup.select_one(f"#{card} .go a")["href"] == "/en/"  # type: ignore[index]
    assert "The rules could not be loaded" in page.words("#rules")
    assert "Please wait 60 seconds" in page.words("#rules")
    assert is_well(page, "quota")
    assert is_well(page, "history")


def test_without_tips_the_other_cards_stand(forwarder: Reader, simulator: Simulator) -> None:
    simulator.fault("POST */getMailTips", status=500)
    page = forwarder.open("/en/")
    assert "The storage could not be loaded" in page.words("#quota")
    assert page.all("#quota[hx-get], #quota [hx-get]"), "the folders may still be measured"
    for card in ("forwarding", "rules", "history"):
        assert is_well(page, card)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"status": 503, "headers": LATER}, "not answer"),
        ({"status": 429, "headers": LATER}, "no more requests"),
        ({"status": 200, "body": "<html>"}, "not answer"),
        ({"status": 403}, "did not accept"),
        ({"drop": True}, "not answer"),
    ],
)
def test_without_graph_the_page_stands(
    forwarder: Reader, simulator: Simulator, fault: dict[str, object], words: str
) -> None:
    simulator.fault("POST */$batch", **fault)
    page = forwarder.open("/en/")
    for card in ("quota", "forwarding", "rules"):
        assert words in page.words(f"#{card}")
    assert is_well(page, "history")
    assert is_well(page, "guides")


def test_a_graph_that_is_too_slow_costs_a_page_its_seconds_and_no_more(
    forwarder: Reader, simulator: Simulator, settings: LazySettings
) -> None:
    assert settings.PAGE_SECONDS == 10
    settings.PAGE_SECONDS = 1
    simulator.fault("POST */$batch", delay_ms=3_000)
    began = time.monotonic()
    page = forwarder.open("/en/")
    assert 1 <= time.monotonic() - began < 2.5
    assert "The rules could not be loaded" in page.words("#rules")
    assert is_well(page, "history")


def test_the_whole_page_fails_in_japanese_too(forwarder: Reader, simulator: Simulator) -> None:
    simulator.fault("POST */$batch", status=503, headers=LATER)
    page = forwarder.open("/ja/")
    for card, words in (("quota", "容量"), ("forwarding", "転送の状態"), ("rules", "ルール")):
        assert f"{words}を読み込めませんでした" in page.words(f"#{card} .state")


def test_a_sign_in_service_that_is_down_leaves_the_page(forwarder: Reader, simulator: Simulator) -> None:
    let_token_expire("forwarder@example.ac.jp")
    simulator.fault("POST *token*", status=503)
    page = forwarder.open("/en/")
    assert "sign-in service did not answer" in page.words("#rules")
    assert is_well(page, "history")


def test_a_token_that_is_not_taken_leads_to_sign_in(forwarder: Reader, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules", status=401)
    assert forwarder.open("/en/").address.startswith("/en/accounts/sign-in/?next=%2Fen%2F")


def let_token_expire(address: str) -> None:
    person = User.objects.get(address=address)
    kept = tokens.load_tokens(person)
    assert kept is not None
    cache = kept.cache
    for entry in list(cache.search(cache.CredentialType.ACCESS_TOKEN)):
        cache.remove_at(entry)
    tokens.store_refreshed(person, kept)
