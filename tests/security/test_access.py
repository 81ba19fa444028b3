"""Every address of the site asks who is there, but for those on one list; and nobody reaches what is another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import Session, User
from portal.rules.list import RuleId
from tests.front_door import Reader
from tests.simulator_control import Simulator

PUBLIC = {
    "root": 302,
    "home:index": 200,
    "healthz": 200,
    "readyz": 200,
    "maintenance": 503,
    "guides:index": 200,
    "guides:guide": 200,
    "guide_link": 302,
    "accounts:sign-in": 200,
    "accounts:sign-out": 302,
    "accounts:problem": 403,
    "microsoft:login": 302,
    "microsoft:callback": 302,
    "microsoft:signed-out": 200,
}
# A form's address that is opened as a page leads to that page, which asks.
FORMS_ONLY = {name: "forwarding:index" for name in ("forwarding:check", "forwarding:start", "forwarding:stop")}
# A value for each parameter that an address of ours has.
SAMPLES: dict[str, object] = {"slug": "thunderbird", "reason": "declined", "rule_id": "AQMkADEz"}


def patterns(resolver: Any, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespaces, pattern) of every address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry
        else:
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def address(name: str, pattern: URLPattern) -> str:
    return reverse(name, kwargs={parameter: SAMPLES[parameter] for parameter in pattern.pattern.converters})


PATTERNS = dict(patterns(get_resolver()))


def test_the_list_names_addresses_that_exist() -> None:
    assert set(PUBLIC) < set(PATTERNS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_an_address_asks_who_is_there(visitor: Reader, simulator: Simulator, name: str, method: str) -> None:
    visitor.client.handler.enforce_csrf_checks = False
    response = getattr(visitor.client, method)(address(name, PATTERNS[name]))
    if name in PUBLIC:
        assert method == "post" or response.status_code == PUBLIC[name]
    elif name in FORMS_ONLY and method == "get":
        assert response["Location"] == reverse(FORMS_ONLY[name])
    elif response.status_code != 405:
        assert response["Location"].startswith(reverse("accounts:sign-in"))
    assert not [row for row in simulator.requests()["requests"] if row["service"] == "graph"]


RULES = "/me/mailFolders/inbox/messageRules"


@pytest.mark.parametrize("what", ["", "switch/", "delete/"])
def test_nobody_reaches_a_rule_of_another_s(
    rule_collector: Reader, new_student: Reader, simulator: Simulator, what: str
) -> None:
    owner = "rule.collector@example.ac.jp"
    before = simulator.rules(owner)
    theirs = RuleId().to_url(before[0]["id"])
    there = f"/en/rules/{theirs}/{what}"
    new_student.client.handler.enforce_csrf_checks = False
    form = {"ticket": "t", "rule": before[0]["id"], "digest": "d", "enabled": "0", "name": "mine now"}
    assert new_student.client.get(there).status_code in (404, 405)
    assert new_student.client.post(there, form).status_code in (404, 409, 422)
    assert simulator.rules(owner) == before


def test_nobody_ends_a_session_of_another_s(forwarder: Reader, new_student: Reader) -> None:
    theirs = Session.objects.get(user=User.objects.get(address="forwarder@example.ac.jp"))
    new_student.client.handler.enforce_csrf_checks = False
    new_student.client.post("/en/accounts/sessions/", {"session": theirs.number})
    assert forwarder.open("/en/history/").status == 200


def test_the_history_is_one_s_own(forwarder: Reader, new_student: Reader) -> None:
    page = forwarder.open("/en/forwarding/")
    forwarder.send(page, "form[action$='/stop/']", status=200)
    assert forwarder.open("/en/history/").all("main time")
    assert not new_student.open("/en/history/").all("main time")
