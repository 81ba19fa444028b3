"""Mail that nobody should be able to write: it arrives, is sent on, and breaks nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph_person import GraphPerson, addressed
from tests.hostile import ANYTHING, HEAVY, HOSTILE
from tests.mail_owner import Owner
from tests.simulator_control import Simulator

KINDS = ["forwardTo", "redirectTo", "forwardAsAttachmentTo"]
OUTSIDE = "me@blocked.example.net"


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


@pytest.mark.parametrize("raw", HEAVY, ids=range(len(HEAVY)))
def test_hostile_mail_arrives_and_takes_no_time(owner: Owner, raw: bytes) -> None:
    assert owner.simulator.session.post(
        f"{owner.simulator.address}/control/deliver",
        params={"to": owner.address},
        data=raw,
        headers={"Content-Type": "message/rfc822"},
        timeout=10,
    ).json() == {"folder": "受信トレイ", "matched": [], "sent": []}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=ANYTHING)
def test_any_bytes_arrive(owner: Owner, raw: bytes) -> None:
    assert owner.deliver(raw)["folder"] == "受信トレイ"
    newest: Any = owner.get("/me/mailFolders/inbox/messages?$expand=attachments&$count=true&$top=1")
    assert newest["value"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_mail_is_sent_on_all_the_same(owner: Owner, kind: str, raw: bytes) -> None:
    owner.made_rule(actions={kind: addressed("me@example.com", OUTSIDE)})
    answer = owner.deliver(raw)
    assert answer["folder"] == "受信トレイ"
    assert [row["delivered"] for row in answer["sent"]][:2] == [True, False]


def way_out(simulator: Simulator) -> Owner:
    """A mailbox that sends everything on in all three ways, to both sides of the border and inside."""
    owner = Owner(simulator, "helpdesk")
    to = addressed("me@example.com", OUTSIDE, "needs.mfa@example.ac.jp")
    owner.made_rule(actions={kind: to for kind in KINDS})
    return owner


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(ANYTHING, st.sampled_from(HOSTILE)))
def test_any_bytes_are_sent_on_once_to_each(simulator: Simulator, raw: bytes) -> None:
    simulator.reset()
    owner = way_out(simulator)
    sent = [row for row in owner.deliver(raw)["sent"] if row["kind"] != "bounce"]
    assert len(sent) in (0, 9)  # 0 when it says that a rule sent it on already
    rows: list[Any] = simulator.outbox()
    assert [len(owner.left(number)) for number in range(len(rows))] == [row["size"] for row in rows]
    assert {row["from"] for row in rows if row["kind"] in ("forward", "attachment")} <= {owner.address}
    assert len(GraphPerson(simulator, "needs.mfa").subjects("inbox")) >= len(sent) // 3
