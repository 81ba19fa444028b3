"""What leaves a mailbox, in which form, and what comes back."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulator.graph_person import GraphPerson, addressed
from tests.simulator.letter import OWNER, SENDER, letter, multipart
from tests.simulator.mail_owner import Owner
from tests.simulator.test_mail_message import ANYTHING
from tests.simulator_control import Simulator

BLOCKED = (
    "5.7.520 Access denied, Your organization does not allow external forwarding. "
    "Please contact your administrator for further assistance. AS(7555)"
)
FULL = "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionQuotaExceeded"
LOOP = "X-MS-Exchange-Inbox-Rules-Loop"
KINDS = ["forwardTo", "redirectTo", "forwardAsAttachmentTo"]
OUTSIDE = "me@blocked.example.net"


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


def left(simulator: Simulator, number: int) -> bytes:
    """The bytes of a message that left."""
    answer = simulator.session.get(f"{simulator.address}/control/outbox?message={number}", timeout=10)
    assert answer.headers["Content-Type"] == "message/rfc822"
    return answer.content


def parsed(simulator: Simulator, number: int) -> EmailMessage:
    return message_from_bytes(left(simulator, number), policy=default)


ORIGINAL = multipart(
    "mixed",
    "Content-Type: text/plain; charset=utf-8\r\n\r\n課題の締切",
    "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF",
    Subject="=?utf-8?b?6Kqy6aGM?=",
    Message_ID="<one@sender.example.org>",
)


def test_a_forward_is_a_new_message_of_the_owner(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(displayName="out", actions={"forwardTo": addressed("me@example.com")})
    answer = owner.deliver(ORIGINAL)
    assert answer["sent"] == [{"to": "me@example.com", "kind": "forward", "delivered": True, "bounce": None}]
    row = simulator.outbox()[0]
    assert (row["from"], row["subject"]) == (OWNER, "FW: 課題")
    assert row["headers"]["Return-Path"] == f"<{OWNER}>"
    assert row["headers"][LOOP] == OWNER
    assert row["headers"]["Message-ID"] != "<one@sender.example.org>"
    assert row["headers"]["X-MS-Exchange-Parent-Message-Id"] == "<one@sender.example.org>"
    assert row["headers"]["X-MS-Exchange-Generated-Message-Source"] == "Mailbox Rules Agent"
    assert (row["size"], row["at"][-1]) == (len(left(simulator, 0)), "Z")


def test_a_forward_quotes_the_original_and_takes_its_files_along(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardTo": addressed("me@example.com")})
    owner.deliver(ORIGINAL)
    made = parsed(simulator, 0)
    text = made.get_body(("plain",)).get_content()
    assert "差出人: taro@sender.example.org" in text
    assert "課題の締切" in text
    [file] = made.iter_attachments()
    assert (file.get_filename(), file.get_content().strip()) == ("a.pdf", b"%PDF")


def test_a_forward_of_html_stays_html_with_its_pictures(simulator: Simulator, owner: Owner) -> None:
    picture = "Content-Type: image/png; name=p.png\r\nContent-ID: <p>\r\nContent-Disposition: inline\r\n\r\nx"
    html = 'Content-Type: text/html; charset=utf-8\r\n\r\n<p>課題</p><img src="cid:p">'
    owner.made_rule(actions={"forwardTo": addressed("me@example.com")})
    owner.deliver(multipart("related", html, picture, From='"<b>" <b@example.org>'))
    made = parsed(simulator, 0)
    assert "<p>課題</p>" in made.get_body(("html",)).get_content()
    assert "<b> <b@" not in made.get_body(("html",)).get_content()
    assert [part["Content-ID"] for part in made.iter_attachments()] == ["<p>"]


def test_a_redirect_is_the_original_below_the_headers_of_the_owner(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"redirectTo": addressed("me@example.com")})
    owner.deliver(ORIGINAL)
    row = simulator.outbox()[0]
    assert (row["from"], row["subject"], row["kind"]) == (SENDER, "課題", "redirect")
    assert row["headers"]["Resent-From"] == f"<{OWNER}>"
    assert row["headers"]["To"] == OWNER
    assert row["headers"]["Message-ID"] == "<one@sender.example.org>"
    assert row["headers"][LOOP] == OWNER
    added, _, kept = left(simulator, 0).partition(ORIGINAL[:40])
    assert ORIGINAL[:40] + kept == ORIGINAL
    assert added.endswith(b"\r\n")


def test_the_envelope_of_a_redirect_to_outside_is_rewritten(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"redirectTo": addressed("me@example.com", "needs.mfa@example.ac.jp")})
    owner.deliver(letter())
    outside, inside = (row["headers"]["Return-Path"] for row in simulator.outbox())
    local, domain = SENDER.split("@")
    assert outside.startswith("<helpdesk+SRS=")
    assert outside.endswith(f"={domain}={local}@example.ac.jp>")
    assert inside == f"<{SENDER}>"


def test_a_forward_as_attachment_holds_the_original_whole(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardAsAttachmentTo": addressed("me@example.com")})
    owner.deliver(ORIGINAL)
    row = simulator.outbox()[0]
    assert (row["from"], row["subject"], row["kind"]) == (OWNER, "FW: 課題", "attachment")
    [attached] = parsed(simulator, 0).iter_attachments()
    assert attached.get_content_type() == "message/rfc822"
    inner = attached.get_content()
    assert (inner["Subject"], inner["From"]) == ("課題", SENDER)
    assert [part.get_filename() for part in inner.iter_attachments()] == ["a.pdf"]


def test_a_message_that_never_left_cannot_be_had(simulator: Simulator) -> None:
    for number in ("0", "x", "-1"):
        answer = simulator.session.get(f"{simulator.address}/control/outbox?message={number}", timeout=10)
        assert (answer.status_code, answer.json()) == (404, {"error": "The outbox holds 0 messages."})


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


HOSTILE = [
    b"",
    b"\xff\xfe\x00" * 40,
    b"From: \xff@\xff\r\nSubject: \xff\r\n\r\n\xff",
    b"From: a@b\nSubject: =?utf-8?q?=0d=0aBcc:_x?=\nMessage-ID: <a\x00\xff>\n\n",
    b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    b"Content-Type: message/rfc822\r\n\r\n" * 30,
    b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe8\xaa\xb2",
    "From: 春日 <春日@例え.jp>\r\nTo: x\r\n\r\n本文".encode(),
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n\xff\r\n--b--",
    b"Content-Type: x/y\x00z; name=a\r\n\r\nx",
]


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
    assert [parsed(simulator, number)["From"] is not None for number, row in enumerate(rows) if row["from"]]
    assert len(GraphPerson(simulator, "needs.mfa").subjects("inbox")) >= len(sent) // 3
