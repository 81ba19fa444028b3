"""Who is staff: by the role or the group that the ID token names, renewed at every sign-in."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings

from accounts.microsoft.identity import is_staff
from tests.accounts.test_tokens import person
from tests.front_door import sign_in_as
from tests.simulator_control import Simulator

# Object ids of groups of the simulated tenant: everybody's, and the helpdesk's.
EVERYBODY, HELPDESK = "7d1f3f52-6c1e-4f0b-9a55-0f6c5a1e2b01", "7d1f3f52-6c1e-4f0b-9a55-0f6c5a1e2b02"


@pytest.mark.django_db
def test_nobody_is_staff_while_no_setting_says_who(simulator: Simulator) -> None:
    simulator.application(group_claims=True)
    sign_in_as("helpdesk")
    assert not person("helpdesk").is_staff


@pytest.mark.django_db
def test_the_role_says_who_is_staff(settings: LazySettings) -> None:
    settings.STAFF_ROLE = "Helpdesk"
    sign_in_as("helpdesk")
    sign_in_as("full.mailbox")
    assert (person("helpdesk").is_staff, person().is_staff) == (True, False)


@pytest.mark.django_db
def test_the_group_says_who_is_staff(settings: LazySettings, simulator: Simulator) -> None:
    settings.STAFF_GROUP = HELPDESK
    sign_in_as("helpdesk")
    assert not person("helpdesk").is_staff  # the registration does not put groups into the token yet
    simulator.application(group_claims=True)
    sign_in_as("helpdesk")
    sign_in_as("full.mailbox")
    assert (person("helpdesk").is_staff, person().is_staff) == (True, False)


@pytest.mark.django_db
def test_each_sign_in_renews_it(settings: LazySettings, simulator: Simulator) -> None:
    settings.STAFF_ROLE = "Operator"
    simulator.application(roles={"full.mailbox@example.ac.jp": ["Operator"]})
    sign_in_as("full.mailbox")
    assert person().is_staff
    simulator.application(roles={})
    sign_in_as("full.mailbox")
    assert not person().is_staff


@pytest.mark.parametrize(
    "claims",
    [
        {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.example"}}},
        {"hasgroups": True},
        {"_claim_names": {"groups": "src1"}, "groups": [HELPDESK]},
    ],
)
def test_groups_that_the_token_has_no_room_for_are_not_known(
    settings: LazySettings, claims: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    settings.STAFF_GROUP = HELPDESK
    assert not is_staff(claims)
    assert "too many" in caplog.text


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"roles": None, "groups": None},
        {"roles": "Helpdesk", "groups": HELPDESK},  # text that holds the name is no list of names
        {"roles": [HELPDESK], "groups": ["Helpdesk"]},
        {"roles": ["helpdesk"], "groups": [EVERYBODY]},
        {"preferred_username": "Helpdesk", "wids": [HELPDESK]},
        {"_claim_names": {"roles": "src1"}},
    ],
)
def test_nothing_else_in_a_token_makes_anybody_staff(settings: LazySettings, claims: dict[str, Any]) -> None:
    settings.STAFF_ROLE, settings.STAFF_GROUP = "Helpdesk", HELPDESK
    assert not is_staff(claims)
    assert is_staff(claims | {"roles": ["Helpdesk"]})
