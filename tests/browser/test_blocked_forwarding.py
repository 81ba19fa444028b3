"""Mail that may not leave: refused here before anything is written, bounced when the rule was made in Outlook."""

from __future__ import annotations

import pytest

from tests.browser import post
from tests.browser.conftest import Arrive
from tests.simulator_control import Simulator

ME = "new.student@example.ac.jp"
BLOCKED = "emma@blocked.example"
BOUNCE = "5.7.520"


@pytest.mark.parametrize(("path", "field"), [("forwarding/", "to"), ("rules/new/", "forward_to")])
def test_a_blocked_domain_is_refused_and_nothing_is_written(
    arrive: Arrive, simulator: Simulator, script: bool, path: str, field: str
) -> None:
    student = arrive("new.student", language="en", script=script)
    page = student.open(path)
    if path == "rules/new/":
        page.locator("[name=subject_contains]").fill("newsletter")
    page.locator(f"[name={field}]").fill(BLOCKED)
    student.submit(status=422)
    assert page.title().startswith("Error")
    assert page.locator(f"[name={field}]").input_value().strip() == BLOCKED
    assert page.locator(f"[name={field}]").get_attribute("aria-invalid") == "true"
    summary = page.locator(".errors")
    assert "blocked.example" in summary.inner_text()
    assert summary.locator("a").first.get_attribute("href") == f"#{page.locator(f'[name={field}]').get_attribute('id')}"
    assert simulator.rules(ME) == []
    if script:
        assert page.evaluate("document.activeElement.classList.contains('errors')")


def test_a_rule_from_outlook_bounces_and_the_page_says_why(arrive: Arrive, simulator: Simulator, script: bool) -> None:
    simulator.graph(
        ME,
        "POST",
        "/me/mailFolders/inbox/messageRules",
        {
            "displayName": "Everything to my own address",
            "sequence": 1,
            "isEnabled": True,
            "actions": {"forwardTo": [{"emailAddress": {"address": BLOCKED}}]},
        },
    )
    answer = simulator.deliver(ME, post.assignment())
    refused = next(sent for sent in answer["sent"] if sent["to"] == BLOCKED)
    assert not refused["delivered"]
    assert BOUNCE in refused["bounce"]
    student = arrive("new.student", language="en", script=script)
    student.open("forwarding/")
    assert BLOCKED in student.words
    assert BOUNCE in student.words
