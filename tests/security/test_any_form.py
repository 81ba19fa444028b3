"""Whatever is sent in place of a form of ours: it is refused with a page, and the mailbox stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from hypothesis import example, given
from hypothesis import strategies as st

from portal.rules.list import RuleId
from tests.front_door import Reader
from tests.security.strangers import MARK, brief, text
from tests.simulator_control import Simulator

ADDRESS = "forwarder@example.ac.jp"
FIELDS = (
    *("ticket", "rule", "digest", "enabled", "session", "account", "next", "to", "keep", "confirm", "name", "sequence"),
    *("subject_contains", "from_addresses", "move_to_folder", "forward_to", "everything", ""),
)
forms = st.dictionaries(st.sampled_from(FIELDS), text | st.lists(text, min_size=2, max_size=3), max_size=8)
PLACES = (
    *("/en/forwarding/", "/en/forwarding/check/", "/en/forwarding/start/", "/en/forwarding/stop/", "/en/rules/new/"),
    *("/en/rules/{id}/", "/en/rules/{id}/switch/", "/en/rules/{id}/delete/"),
)


@brief
@given(sent=forms)
@example(sent={"ticket": f"\0{MARK}", "rule": f"\0{MARK}", "digest": f"\0{MARK}", "to": f"\0{MARK}"})
@pytest.mark.parametrize("place", PLACES)
def test_any_form_of_a_member(forwarder: Reader, simulator: Simulator, place: str, sent: dict[str, Any]) -> None:
    cache.clear()  # the limit on forms is not what is tried here
    forwarder.client.handler.enforce_csrf_checks = False
    before = simulator.rules(ADDRESS)
    response = forwarder.client.post(place.format(id=RuleId().to_url(before[0]["id"])), sent)
    assert response.status_code in (200, 400, 404, 409, 422)
    page = BeautifulSoup(response.content, "html5lib")
    assert not [tag for tag in page.select("script") if MARK in str(tag)]
    assert not [tag for tag in page.select("[href], [src], [action]") if MARK in str(tag.attrs)]
    assert simulator.rules(ADDRESS) == before


def test_a_form_for_a_new_rule_cannot_pass_for_one_that_was_not_read(forwarder: Reader, simulator: Simulator) -> None:
    """The form of a rule that cannot be read is not held against the policy: nothing is written from it."""
    before = simulator.rules(ADDRESS)
    form = {"ticket": "t", "digest": "d", "name": "out", "everything": "on", "forward_to": "me@blocked.example"}
    forwarder.client.handler.enforce_csrf_checks = False
    assert forwarder.client.post("/en/rules/new/", form).status_code == 422
    assert simulator.rules(ADDRESS) == before


@brief
@given(sent=forms)
def test_any_form_about_sessions(forwarder: Reader, sent: dict[str, Any]) -> None:
    cache.clear()
    forwarder.client.handler.enforce_csrf_checks = False
    response = forwarder.client.post("/en/accounts/sessions/", {"session": MARK, **sent})
    assert response.status_code == 302
    assert forwarder.client.get("/en/history/").status_code == 200
