"""Who gets what leaves a mailbox, and what comes back."""

from __future__ import annotations

import pytest

from tests.graph_person import GraphPerson, addressed
from tests.letter import OWNER, SENDER, letter
from tests.mail_owner import Owner
from tests.simulator_control import Simulator

BLOCKED = (
    "5.7.520 Access denied, Your organization does not allow external forwarding. "
    "Please contact your administrator for further assistance. AS(7555)"
)
FULL = "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionQuotaExceeded"
KINDS = ["forwardTo", "redirectTo", "forwardAsAttachmentTo"]
OUTSIDE = "me@blocked.example.net"


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


def test_a_copy_stays_unless_the_rule_deletes_it(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardTo": addressed("me@example.com"), "delete": True})
    assert simulator.deliver(OWNER, letter("課題"))["folder"] == "削除済みアイテム"
    assert owner.subjects("deleteditems") == ["課題"]


@pytest.mark.behaviour(40)
@pytest.mark.parametrize("kind", KINDS)
def test_an_outside_forward_bounces_to_the_sender(simulator: Simulator, owner: Owner, kind: str) -> None:
    owner.made_rule(actions={kind: addressed(OUTSIDE)})
    answer = simulator.deliver(OWNER, letter("課題"))
    assert answer["folder"] == "受信トレイ"
    refused, report = answer["sent"]
    assert (refused["to"], refused["delivered"], refused["bounce"]) == (OUTSIDE, False, BLOCKED)
    assert (report["to"], report["kind"], report["delivered"]) == (SENDER, "bounce", True)
    row = simulator.outbox()[1]
    assert row["bounce"] == BLOCKED
    assert row["subject"] == "Undeliverable: 課題"
    assert row["headers"]["Return-Path"] == "<>"


@pytest.mark.parametrize("address", ["me@EXAMPLE.COM", "me@sub.example.com", "me@notexample.com"])
def test_the_allowed_domain_is_compared_whole_and_without_case(
    simulator: Simulator, owner: Owner, address: str
) -> None:
    owner.made_rule(actions={"forwardTo": addressed(address)})
    assert simulator.deliver(OWNER, letter())["sent"][0]["delivered"] is (address == "me@EXAMPLE.COM")


@pytest.mark.behaviour(40)
def test_a_sender_inside_finds_the_report_in_the_inbox(simulator: Simulator, owner: Owner) -> None:
    sender = GraphPerson(simulator, "needs.mfa")
    owner.made_rule(actions={"redirectTo": addressed(OUTSIDE)})
    simulator.deliver(OWNER, letter("課題", From=sender.address))
    assert "配信不能: 課題" in sender.subjects("inbox")
    found = sender.get("/me/messages?$filter=subject eq '配信不能: 課題'")["value"][0]
    assert BLOCKED in found["body"]["content"]
    assert "配信不能: 課題" not in owner.subjects("inbox")


def test_a_report_about_a_report_is_never_sent(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"redirectTo": addressed(OUTSIDE)})
    answer = simulator.deliver(OWNER, letter("Undeliverable", Return_Path="<>"))
    assert [row["kind"] for row in answer["sent"]] == ["redirect"]


def test_a_forward_inside_arrives_and_the_rules_there_run(simulator: Simulator, owner: Owner) -> None:
    colleague = GraphPerson(simulator, "needs.mfa")
    archive = colleague.get("/me/mailFolders/archive")["id"]
    colleague.made_rule(conditions={"isAutomaticForward": True}, actions={"moveToFolder": archive})
    owner.made_rule(actions={"forwardTo": addressed(colleague.address)})
    answer = simulator.deliver(OWNER, letter("課題"))
    assert [row["delivered"] for row in answer["sent"]] == [True]
    assert colleague.subjects("archive") == ["FW: 課題"]


@pytest.mark.behaviour(40)
@pytest.mark.parametrize("kind", ["forwardTo", "redirectTo"])
def test_a_second_hop_is_dropped_without_a_word(simulator: Simulator, owner: Owner, kind: str) -> None:
    colleague = GraphPerson(simulator, "needs.mfa")
    colleague.made_rule(displayName="onwards", actions={"forwardTo": addressed("me@example.com")})
    owner.made_rule(actions={kind: addressed(colleague.address)})
    simulator.deliver(OWNER, letter("課題"))
    assert [row["to"] for row in simulator.outbox()] == [colleague.address]
    assert any("課題" in subject for subject in colleague.subjects("inbox"))


def test_two_who_forward_to_each_other_make_no_loop(simulator: Simulator, owner: Owner) -> None:
    colleague = GraphPerson(simulator, "needs.mfa")
    owner.made_rule(actions={"redirectTo": addressed(colleague.address)})
    colleague.made_rule(actions={"redirectTo": addressed(OWNER)})
    assert len(simulator.deliver(OWNER, letter())["sent"]) == 1


def test_an_unknown_address_inside_bounces(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardTo": addressed("nobody@example.ac.jp")})
    refused = simulator.deliver(OWNER, letter())["sent"][0]
    assert refused["delivered"] is False
    assert refused["bounce"].startswith("550 5.1.10")


def test_a_full_mailbox_takes_nothing(simulator: Simulator) -> None:
    answer = simulator.deliver("over.quota@example.ac.jp", letter("課題"))
    report = {"to": SENDER, "kind": "bounce", "delivered": True, "bounce": FULL}
    assert answer == {"folder": None, "matched": [], "sent": [report]}


def test_a_forward_to_a_full_mailbox_bounces(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardTo": addressed("over.quota@example.ac.jp")})
    refused = simulator.deliver(OWNER, letter())["sent"][0]
    assert (refused["delivered"], refused["bounce"]) == (False, FULL)


@pytest.mark.parametrize(("megabytes", "folder"), [(1, None), (36, "受信トレイ")])
def test_too_large_a_message_is_refused(owner: Owner, megabytes: int, folder: str | None) -> None:
    owner.simulator.switch(receive_limit=megabytes)
    answer = owner.deliver(letter(text="x" * 70 + "\n" + "y\n" * 600_000))
    assert answer["folder"] == folder
    assert [row["bounce"].split(";")[0] for row in answer["sent"]] == (
        [] if folder else ["550 5.2.3 RESOLVER.RST.RecipSizeLimit"]
    )


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(
    ("policy", "delivered"),
    [("some_domains", [True, False]), ("off", [False, False]), ("on", [True, True])],
)
def test_the_tenant_may_let_nothing_or_everything_out(owner: Owner, policy: str, delivered: list[bool]) -> None:
    owner.simulator.switch(external_forwarding=policy)
    owner.made_rule(actions={"redirectTo": addressed("me@example.com", OUTSIDE)})
    sent = owner.deliver(letter())["sent"]
    assert [row["delivered"] for row in sent if row["kind"] == "redirect"] == delivered


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(("block", "kinds"), [("report", ["forward", "bounce"]), ("silent", ["forward"])])
def test_a_block_may_say_nothing(owner: Owner, block: str, kinds: list[str]) -> None:
    owner.simulator.switch(external_block=block)
    owner.made_rule(actions={"forwardTo": addressed(OUTSIDE)})
    assert [row["kind"] for row in owner.deliver(letter())["sent"]] == kinds


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(("told", "address"), [("sender", SENDER), ("owner", OWNER)])
def test_the_owner_may_get_the_report_instead(owner: Owner, told: str, address: str) -> None:
    owner.simulator.switch(external_report_to=told)
    owner.made_rule(actions={"forwardTo": addressed(OUTSIDE)}, exceptions={"isNonDeliveryReport": True})
    assert owner.deliver(letter("課題"))["sent"][1]["to"] == address
    assert ("配信不能: 課題" in owner.subjects("inbox")) == (told == "owner")


def test_a_report_says_of_itself_what_it_is(owner: Owner) -> None:
    sender = Owner(owner.simulator, "needs.mfa")
    archive = sender.id_of("archive")
    sender.made_rule(conditions={"isNonDeliveryReport": True}, actions={"moveToFolder": archive})
    sender.made_rule(conditions={"isAutomaticReply": True}, actions={"delete": True})
    owner.made_rule(actions={"forwardTo": addressed(OUTSIDE)})
    owner.deliver(letter("課題", From=sender.address))
    assert sender.subjects("archive") == ["配信不能: 課題"]
    assert sender.subjects("deleteditems") == []


def test_the_seeded_forwarder_forwards_and_is_refused(simulator: Simulator) -> None:
    answer = simulator.deliver("forwarder@example.ac.jp", letter("休講のお知らせ"))
    assert answer["matched"] == ["自宅へ転送", "休講の連絡を携帯へ"]
    assert [(row["kind"], row["delivered"]) for row in answer["sent"]] == [
        ("forward", True),
        ("redirect", False),
        ("bounce", True),
    ]
