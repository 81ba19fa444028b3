"""What leaves a mailbox, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.graph_person import GraphPerson, addressed
from tests.simulator.letter import OWNER, SENDER, letter
from tests.simulator_control import Simulator

BLOCKED = (
    "5.7.520 Access denied, Your organization does not allow external forwarding. "
    "Please contact your administrator for further assistance. AS(7555)"
)
LOOP = "X-MS-Exchange-Inbox-Rules-Loop"


@pytest.fixture
def owner(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "helpdesk")


def outbox(simulator: Simulator) -> list[dict[str, Any]]:
    rows: Any = simulator.outbox()
    return rows["outbox"] if isinstance(rows, dict) else rows


def test_a_forward_comes_from_the_owner(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(displayName="out", actions={"forwardTo": addressed("me@example.com")})
    answer = simulator.deliver(OWNER, letter("課題", "本文"))
    assert answer["sent"] == [{"to": "me@example.com", "kind": "forward", "delivered": True, "bounce": None}]
    row = outbox(simulator)[0]
    assert (row["from"], row["subject"]) == (OWNER, "FW: 課題")
    assert row["headers"][LOOP] == OWNER
    assert row["at"].endswith("Z")


def test_a_redirect_keeps_its_sender_and_subject(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(actions={"redirectTo": addressed("me@example.com")})
    simulator.deliver(OWNER, letter("課題"))
    row = outbox(simulator)[0]
    assert (row["from"], row["subject"], row["kind"]) == (SENDER, "課題", "redirect")
    assert row["headers"][LOOP] == OWNER
    assert "+SRS=" in row["headers"]["Return-Path"]


def test_a_forward_as_attachment_is_another_kind(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(actions={"forwardAsAttachmentTo": addressed("me@example.com")})
    simulator.deliver(OWNER, letter("課題"))
    row = outbox(simulator)[0]
    assert (row["from"], row["subject"], row["kind"]) == (OWNER, "FW: 課題", "attachment")


def test_a_copy_stays_unless_the_rule_deletes_it(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(actions={"forwardTo": addressed("me@example.com"), "delete": True})
    assert simulator.deliver(OWNER, letter("課題"))["folder"] == "削除済みアイテム"
    assert owner.subjects("deleteditems") == ["課題"]


@pytest.mark.parametrize("kind", ["forwardTo", "redirectTo", "forwardAsAttachmentTo"])
def test_an_outside_forward_bounces_to_the_sender(simulator: Simulator, owner: GraphPerson, kind: str) -> None:
    """Behaviour 40."""
    owner.made_rule(actions={kind: addressed("me@blocked.example.net")})
    answer = simulator.deliver(OWNER, letter("課題"))
    assert answer["folder"] == "受信トレイ"
    refused, report = answer["sent"]
    assert (refused["to"], refused["delivered"], refused["bounce"]) == ("me@blocked.example.net", False, BLOCKED)
    assert (report["to"], report["kind"], report["delivered"]) == (SENDER, "bounce", True)
    row = outbox(simulator)[1]
    assert row["bounce"] == BLOCKED
    assert row["subject"] == "Undeliverable: 課題"
    assert row["headers"]["Return-Path"] == "<>"


@pytest.mark.parametrize("address", ["me@EXAMPLE.COM", "me@sub.example.com", "me@notexample.com"])
def test_the_allowed_domain_is_compared_whole_and_without_case(
    simulator: Simulator, owner: GraphPerson, address: str
) -> None:
    owner.made_rule(actions={"forwardTo": addressed(address)})
    assert simulator.deliver(OWNER, letter())["sent"][0]["delivered"] is (address == "me@EXAMPLE.COM")


def test_a_sender_inside_finds_the_report_in_the_inbox(simulator: Simulator, owner: GraphPerson) -> None:
    """Behaviour 40."""
    sender = GraphPerson(simulator, "needs.mfa")
    owner.made_rule(actions={"redirectTo": addressed("me@blocked.example.net")})
    simulator.deliver(OWNER, letter("課題", From=sender.address))
    assert "配信不能: 課題" in sender.subjects("inbox")
    found = sender.get("/me/messages?$filter=subject eq '配信不能: 課題'")["value"][0]
    assert BLOCKED in found["body"]["content"]
    assert "配信不能: 課題" not in owner.subjects("inbox")


def test_a_report_about_a_report_is_never_sent(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(actions={"redirectTo": addressed("me@blocked.example.net")})
    answer = simulator.deliver(OWNER, letter("Undeliverable", Return_Path="<>"))
    assert [row["kind"] for row in answer["sent"]] == ["redirect"]


def test_a_forward_inside_arrives_and_the_rules_there_run(simulator: Simulator, owner: GraphPerson) -> None:
    colleague = GraphPerson(simulator, "needs.mfa")
    archive = colleague.get("/me/mailFolders/archive")["id"]
    colleague.made_rule(conditions={"isAutomaticForward": True}, actions={"moveToFolder": archive})
    owner.made_rule(actions={"forwardTo": addressed(colleague.address)})
    answer = simulator.deliver(OWNER, letter("課題"))
    assert [row["delivered"] for row in answer["sent"]] == [True]
    assert colleague.subjects("archive") == ["FW: 課題"]


@pytest.mark.parametrize("kind", ["forwardTo", "redirectTo"])
def test_a_second_hop_is_dropped_without_a_word(simulator: Simulator, owner: GraphPerson, kind: str) -> None:
    """Behaviour 40."""
    colleague = GraphPerson(simulator, "needs.mfa")
    colleague.made_rule(displayName="onwards", actions={"forwardTo": addressed("me@example.com")})
    owner.made_rule(actions={kind: addressed(colleague.address)})
    simulator.deliver(OWNER, letter("課題"))
    assert [row["to"] for row in outbox(simulator)] == [colleague.address]
    assert any("課題" in subject for subject in colleague.subjects("inbox"))


def test_two_who_forward_to_each_other_make_no_loop(simulator: Simulator, owner: GraphPerson) -> None:
    colleague = GraphPerson(simulator, "needs.mfa")
    owner.made_rule(actions={"redirectTo": addressed(colleague.address)})
    colleague.made_rule(actions={"redirectTo": addressed(OWNER)})
    assert len(simulator.deliver(OWNER, letter())["sent"]) == 1


def test_an_unknown_address_inside_bounces(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(actions={"forwardTo": addressed("nobody@example.ac.jp")})
    refused = simulator.deliver(OWNER, letter())["sent"][0]
    assert refused["delivered"] is False
    assert refused["bounce"].startswith("550 5.1.10")


def test_a_full_mailbox_takes_nothing(simulator: Simulator) -> None:
    answer = simulator.deliver("over.quota@example.ac.jp", letter("課題"))
    report = {"to": SENDER, "kind": "bounce", "delivered": True, "bounce": "552 5.2.2 mailbox full"}
    assert answer == {"folder": None, "matched": [], "sent": [report]}


def test_a_forward_to_a_full_mailbox_bounces(simulator: Simulator, owner: GraphPerson) -> None:
    owner.made_rule(actions={"forwardTo": addressed("over.quota@example.ac.jp")})
    refused = simulator.deliver(OWNER, letter())["sent"][0]
    assert (refused["delivered"], refused["bounce"]) == (False, "552 5.2.2 mailbox full")


def test_the_seeded_forwarder_forwards_and_is_refused(simulator: Simulator) -> None:
    answer = simulator.deliver("forwarder@example.ac.jp", letter("休講のお知らせ"))
    assert answer["matched"] == ["自宅へ転送", "休講の連絡を携帯へ"]
    assert [(row["kind"], row["delivered"]) for row in answer["sent"]] == [
        ("forward", True),
        ("redirect", False),
        ("bounce", True),
    ]


HOSTILE = [
    b"",
    b"\xff\xfe\x00" * 40,
    b"From: \xff@\xff\r\nSubject: \xff\r\n\r\n\xff",
    b"From: a@b\nSubject: =?utf-8?q?=0d=0aBcc:_x?=\n\n",
    b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    b"Content-Type: message/rfc822\r\n\r\n" * 30,
    b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe8\xaa\xb2",
    "From: 春日 <春日@例え.jp>\r\nTo: x\r\n\r\n本文".encode(),
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n\xff\r\n--b--",
]


@pytest.mark.parametrize("kind", ["forwardTo", "forwardAsAttachmentTo", "redirectTo"])
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_mail_is_sent_on_all_the_same(simulator: Simulator, owner: GraphPerson, kind: str, raw: bytes) -> None:
    """Never a 500."""
    owner.made_rule(actions={kind: addressed("me@example.com", "me@blocked.example.net")})
    assert simulator.deliver(OWNER, raw)["folder"] == "受信トレイ"
    assert owner.every("/me/mailFolders/inbox/messages")
